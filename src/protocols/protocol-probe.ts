import type { Protocol } from '../model/protocol.ts';

/** What a probe makes of the bytes so far: an answer, `more` (wait for more), or null (not mine). */
export type Reading = Omit<Extract<Protocol, { status: 'identified' }>, 'status' | 'id' | 'name' | 'tls'> | 'more' | null;

/**
 * One handshake: one file in `protocols/kinds/`, one exported const, file name = id. `hello` is sent
 * once (null: the server speaks first); `read` judges what came back and does no I/O.
 */
export type ProtocolProbe = {
  readonly id: string;
  readonly name: string;
  readonly hello: ((target: { readonly host: string; readonly port: number }) => Uint8Array) | null;
  readonly read: (bytes: Uint8Array) => Reading;
};
