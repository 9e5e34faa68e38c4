import { invalidInput } from '../../../model/error.ts';
import { watchListeners } from '../../../operations/watch-listeners.ts';
import type { WatchListenersInput } from '../../../operations/watch-listeners.schema.ts';
import { durationOf, isOn, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openContext } from '../open-context.ts';
import { jsonLine } from '../write-json.ts';

/** `homeport ls --watch` and `--json-stream`: until Ctrl-C, which ends it with 0. */
export const runWatch = async (invocation: Invocation, io: Io): Promise<number> => {
  refuseWhatCannotBe(invocation, io);
  const abort = new AbortController();
  const context = await openContext(invocation, abort.signal);
  const frames = watchListeners(context, inputOf(invocation));
  if (isOn(invocation, 'json-stream')) return stream(frames, io, abort);
  const { showWatch } = await import('../watch/show-watch.ts');
  return showWatch(frames, invocation, io, abort);
};

const refuseWhatCannotBe = (invocation: Invocation, io: Io): void => {
  if (isOn(invocation, 'snapshot')) {
    throw invalidInput('a snapshot never changes: it can’t be watched', 'leave out --snapshot');
  }
  if (isOn(invocation, 'probe')) {
    throw invalidInput('a watch probes nothing', 'leave out --probe, or --watch');
  }
  if (isOn(invocation, 'json-stream')) return;
  if (isOn(invocation, 'json') || io.out.size() === null) {
    throw invalidInput('--watch draws on a terminal', '--json-stream is for programs and pipes');
  }
};

const inputOf = (invocation: Invocation): WatchListenersInput => {
  const intervalMs = durationOf(invocation, 'interval');
  return {
    filters: [...invocation.positionals],
    all: isOn(invocation, 'all'),
    ...(intervalMs === null ? {} : { intervalMs }),
  };
};

/** One JSON object a line: the first look, then each change. */
const stream = async (
  frames: AsyncIterable<object>,
  io: Io,
  abort: AbortController,
): Promise<number> => {
  const stop = io.on('SIGINT', () => abort.abort());
  try {
    for await (const frame of frames) await io.out.write(jsonLine(frame));
    return 0;
  } finally {
    stop();
  }
};
