import type { Connection } from '../../../model/connection.ts';
import type { Listener } from '../../../model/listener.ts';
import type { Problem } from '../../../model/problem.ts';
import type { Protocol } from '../../../model/protocol.ts';
import type { Socket } from '../../../model/socket.ts';

/** A listener, with what it speaks where that was asked. */
export type ShownListener = Listener & { readonly protocol?: Protocol };

/** What is shown: the operation's answer, or one frame of a watch. */
export type ShownList = {
  readonly takenAt: string;
  readonly listeners: readonly ShownListener[];
  readonly connections?: readonly Connection[];
  readonly sockets?: readonly Socket[];
  readonly problems: readonly Problem[];
};

/** Whether a row came or went lately. */
export type Mark = 'came' | 'went';

export type ListView = {
  /** Room in cells; null: no terminal, nothing is cut. */
  readonly columns: number | null;
  /** The user's home, for `~`. */
  readonly home: string | null;
  /** Whether the answer was narrowed by filters, which an empty answer should mention. */
  readonly filtered: boolean;
  /** Whether `sudo` would show more of this machine. */
  readonly sudoHelps: boolean;
  /** Listener's key → its mark. */
  readonly marks: ReadonlyMap<string, Mark>;
};
