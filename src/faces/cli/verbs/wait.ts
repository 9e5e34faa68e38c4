import { waitFor, type WaitProgress, type WaitResult } from '../../../operations/wait-for.ts';
import type { OperationContext } from '../../../operations/operation.ts';
import type { WaitForInput } from '../../../operations/wait-for.schema.ts';
import { targetText } from '../../../model/target-text.ts';
import { wantsColours } from '../colours.ts';
import { durationOf, isOn, textOf, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openContext } from '../open-context.ts';
import { fit, paint, paintLines, span, type Line, type Span } from '../text/line.ts';
import { commonView } from '../view.ts';
import { writeJson } from '../write-json.ts';

/** `homeport wait ENDPOINT`: 0 once it answers, 1 with a diagnosis at the deadline. */
export const runWait = async (invocation: Invocation, io: Io): Promise<number> => {
  const [target = ''] = invocation.positionals;
  const timeoutMs = durationOf(invocation, 'timeout');
  const wanted = textOf(invocation, 'for');
  const progress = progressLine(target, io);
  const context = await openContext(invocation);
  const input = {
    target,
    ...(wanted === null ? {} : { for: wanted }),
    ...(timeoutMs === null ? {} : { timeoutMs }),
  };
  const result = await waitWith(context, input, progress);
  if (isOn(invocation, 'json')) await writeJson(result, io.out);
  else await show(result, invocation, io);
  return result.answered ? 0 : 1;
};

/** The line of progress is gone, however it ends. */
const waitWith = async (
  context: OperationContext,
  input: WaitForInput,
  progress: ReturnType<typeof progressLine>,
): Promise<WaitResult> => {
  try {
    return await waitFor(context, input, progress.show);
  } finally {
    await progress.clear();
  }
};

const clearLine = '\r\u001b[K';

/** One line that is painted over, on a terminal only: a log keeps no progress. */
const progressLine = (target: string, io: Io) => {
  const isTerminal = io.err.size() !== null;
  let shown = false;
  const write = (text: string): Promise<void> => io.err.write(text).catch(() => {});
  return {
    show: ({ waitedMs, met }: WaitProgress): void => {
      if (!isTerminal) return;
      shown = true;
      const line = [span(`waiting for ${target} (${seconds(waitedMs)}): ${met}`)];
      const columns = io.err.size()?.columns ?? 80;
      void write(`${clearLine}${paint(fit(line, columns - 1), false)}`);
    },
    clear: async (): Promise<void> => {
      if (shown) await write(clearLine);
    },
  };
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const show = async (result: WaitResult, invocation: Invocation, io: Io): Promise<void> => {
  const { diagnosis } = result;
  const lines: Line[] = [[headline(result)]];
  if (diagnosis !== null) {
    const { renderDiagnosis } = await import('../render/why.ts');
    const view = { ...commonView(invocation, io), verbose: false, source: null };
    lines.push([], ...renderDiagnosis(diagnosis, view));
  }
  await io.out.write(paintLines(lines, wantsColours(io.out, io.env, invocation)));
};

const headline = (result: WaitResult): Span => {
  const { target, met, waitedMs } = result;
  const where = targetText(target);
  const time = seconds(waitedMs);
  if (met === null) return span(`${where} ${doesText(result)} after ${time}.`, 'good');
  const what = result.for === 'any' ? '' : ` in ${result.for}`;
  return span(`${where} did not answer${what} within ${time}: ${met}.`, 'danger');
};

const doesText = ({ protocol, ...result }: WaitResult): string => {
  if (protocol.status === 'identified') return `answers in ${protocol.name}`;
  return protocol.status === 'not-probed' && result.for !== 'tcp'
    ? `listens, and is not asked, as ${protocol.why},`
    : 'accepts connections';
};
