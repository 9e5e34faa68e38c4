import type { OperationContext } from '../../../operations/operation.ts';
import { reservePort } from '../../../operations/reserve-port.ts';
import { confirm } from '../confirm.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { line, span } from '../text/line.ts';
import { writeLines } from '../write-lines.ts';

/**
 * `--reserve`: shows the line that keeps a port from outgoing connections, asks, and writes it. All
 * on the error stream: the answer is the port.
 */
export const runReserve = async (
  port: number,
  context: OperationContext,
  invocation: Invocation,
  io: Io,
): Promise<number> => {
  const plan = await reservePort(context, { port });
  if (plan.outcome === 'was-reserved') {
    await writeLines([line(`${port} is reserved already.`)], io.err, io, invocation);
    return 0;
  }
  const lines = [
    line(`To the kernel, and to ${plan.file}:`),
    [span('  '), span(plan.line, 'accent')],
  ];
  await writeLines(lines, io.err, io, invocation);
  if (!(await confirm('Write it?', invocation, io))) return 0;
  await reservePort(context, { port, apply: true });
  await writeLines([line(`${port} is reserved now.`, 'good')], io.err, io, invocation);
  return 0;
};
