import { closeConnection, type CloseResult } from '../../../operations/close-connection.ts';
import { confirm } from '../confirm.ts';
import { isOn, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openContext } from '../open-context.ts';
import { renderClosed, renderClosePlan } from '../render/close.ts';
import { writeJson } from '../write-json.ts';
import { writeLines } from '../write-lines.ts';

/**
 * `homeport close A↔B`: 0 where it is closed or there is none, 1 where it is still open, 3 without the
 * right, 4 where nobody agreed.
 */
export const runClose = async (invocation: Invocation, io: Io): Promise<number> => {
  const context = await openContext(invocation);
  const [connection = ''] = invocation.positionals;
  const isJson = isOn(invocation, 'json');
  const planned = await closeConnection(context, { connection });
  const isOver = planned.plan === null || isOn(invocation, 'dry-run');
  const isRun = !isOver && isOn(invocation, 'yes');
  if (!isJson) await writeLines(renderClosePlan(planned.plan), io.out, io, invocation);
  else if (!isRun) await writeJson(planned, io.out);
  if (isOver || planned.plan === null) return 0;
  if (!(await confirm('Close it?', invocation, io))) {
    await io.err.write('Nothing was closed.\n');
    return 1;
  }
  const result = await closeConnection(context, { connection, confirm: planned.plan.id });
  if (isJson) await writeJson(result, io.out);
  else await writeLines(renderClosed(result), io.out, io, invocation);
  return exitCodeOf(result);
};

const exitCodeOf = ({ receipt }: CloseResult): number =>
  receipt === null || receipt.closed ? 0 : 1;
