import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { http2 } from '../../src/protocols/kinds/http2.ts';
import { tls } from '../../src/protocols/kinds/tls.ts';
import type { Conversation } from '../../src/protocols/protocol-probe.ts';

const conversation = (signal: AbortSignal): Conversation => ({
  target: { host: 'localhost', port: 443, hints: [] },
  signal,
  inside: async () => null,
});

describe.each([tls, http2])('a conversation in $name', ({ converse }) => {
  it('ends where the connection has ended before it began', async () => {
    const stream = new PassThrough();
    stream.destroy();
    await finished(stream).catch(() => undefined);
    const never = new AbortController().signal;
    await expect(converse(stream, conversation(never))).rejects.toThrow();
  });

  it('ends where it was aborted before it began', async () => {
    const reason = new Error('enough');
    const aborted = AbortSignal.abort(reason);
    await expect(converse(new PassThrough(), conversation(aborted))).rejects.toBe(reason);
  });
});
