import type { Duplex } from 'node:stream';
import { nameIdentification } from './identification.ts';
import { answerLimit, startJudging } from './judging.ts';
import type { ByteProbe, NamedIdentification, ProbeTarget } from './protocol-probe.ts';

/** How a connection went on which nothing was identified. */
export type Silence = {
  readonly outcome: 'nothing';
  readonly bytes: Uint8Array;
  readonly how: 'silent' | 'closed' | 'not-understood';
};

export type Exchange =
  | { readonly outcome: 'identified'; readonly identification: NamedIdentification }
  | Silence;

/** Times in ms: how long to wait for the first byte, and for everything. */
export type Patience = { readonly firstByteMs: number; readonly totalMs: number };

/**
 * Says a probe's hello on an open stream and lets it judge what comes back, up to 64 KiB. Always
 * resolves, within `totalMs`; the stream stays open (paused) for its owner to destroy or go on with.
 */
export const exchange = (
  stream: Duplex,
  probe: ByteProbe,
  target: ProbeTarget,
  patience: Patience,
): Promise<Exchange> =>
  new Promise((resolve) => {
    const hello = probe.hello?.(target) ?? null;
    const judging = startJudging(probe, hello, target);

    const finish = (how: Silence['how']): void => {
      clearTimeout(firstByte);
      clearTimeout(total);
      stream.off('data', onData).off('end', onEnd).off('error', onEnd).off('close', onEnd);
      stream.pause();
      const last = judging.judge(true);
      resolve(
        last.then === 'accept'
          ? {
              outcome: 'identified',
              identification: nameIdentification(last.identification, probe),
            }
          : { outcome: 'nothing', bytes: judging.bytes(), how },
      );
    };
    const onData = (chunk: Uint8Array): void => {
      clearTimeout(firstByte);
      judging.add(chunk);
      const verdict = judging.judge(false);
      if (verdict.then === 'say') stream.write(verdict.bytes);
      if (verdict.then === 'accept' || verdict.then === 'give-up') finish('not-understood');
      else if (judging.bytes().length >= answerLimit) finish('not-understood');
    };
    const onEnd = (): void => finish('closed');
    const onTime = (): void => finish(judging.bytes().length === 0 ? 'silent' : 'not-understood');

    const firstByte = setTimeout(onTime, patience.firstByteMs);
    const total = setTimeout(onTime, patience.totalMs);
    stream.on('data', onData).on('end', onEnd).on('error', onEnd).on('close', onEnd);
    if (stream.destroyed || stream.readableEnded) return onEnd();
    stream.resume();
    if (hello !== null) stream.write(hello);
  });
