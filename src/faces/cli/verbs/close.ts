import { homeportError } from '../../../model/error.ts';
import { closeConnection, type CloseResult } from '../../../operations/close-connection.ts';
import { canAsk, isYes, openQuestions } from '../ask-line.ts';
import { wantsColours } from '../colours.ts';
import { isOn, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openContext } from '../open-context.ts';
import { renderClosed, renderClosePlan } from '../render/close.ts';
import { paintLines, type Line } from '../text/line.ts';
import { writeJson } from '../write-json.ts';

/**
 * `homeport close A↔B`: 0 where it is closed or there is none, 1 where it is still open, 3 without the
 * right, 4 where nobody agreed.
 */
export const runClose = async (invocation: Invocation, io: Io): Promise<number> => {
  const context = await openContext(invocation);
  const [connection = ''] = invocation.positionals;
  const isJson = isOn(invocation, 'json');
  const show = (lines: readonly Line[]): Promise<void> =>
    io.out.write(paintLines(lines, wantsColours(io.out, io.env, invocation)));
  const planned = await closeConnection(context, { connection });
  const isOver = planned.plan === null || isOn(invocation, 'dry-run');
  const isRun = !isOver && isOn(invocation, 'yes');
  if (!isJson) await show(renderClosePlan(planned.plan));
  else if (!isRun) await writeJson(planned, io.out);
  if (isOver || planned.plan === null) return 0;
  if (!isRun && !(await isAgreed(io, isJson))) {
    await io.err.write('Nothing was closed.\n');
    return 1;
  }
  const result = await closeConnection(context, { connection, confirm: planned.plan.id });
  if (isJson) await writeJson(result, io.out);
  else await show(renderClosed(result));
  return exitCodeOf(result);
};

const isAgreed = async (io: Io, isJson: boolean): Promise<boolean> => {
  if (isJson || !canAsk(io)) {
    throw homeportError('refused', 'nothing was closed: nobody is there to agree to it', {
      hint: '--yes closes it, --dry-run only shows it',
    });
  }
  const questions = openQuestions(io);
  try {
    return isYes(await questions.ask('Close it? [y/N]'));
  } finally {
    await questions.close();
  }
};

const exitCodeOf = ({ receipt }: CloseResult): number =>
  receipt === null || receipt.closed ? 0 : 1;
