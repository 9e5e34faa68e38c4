import { invalidInput } from '../../../model/error.ts';
import { collectLeases } from '../../../operations/collect-leases.ts';
import { listLeases } from '../../../operations/list-leases.ts';
import { removeLeases, type RemovedLeases } from '../../../operations/remove-leases.ts';
import { confirm } from '../confirm.ts';
import { isOn, textOf, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openContext } from '../open-context.ts';
import { leaseTable, removedLines } from '../render/lease.ts';
import { writeJson } from '../write-json.ts';
import { writeLines } from '../write-lines.ts';
import { writeNotes } from '../write-notes.ts';
import type { RunLeases } from './port-words.ts';

/** `homeport port ls`: all leases of the user. */
export const runList: RunLeases = async (words, invocation, io) => {
  refuseWords('ls', words);
  const list = await listLeases(await openContext(invocation));
  await writeNotes(list, invocation, io);
  if (isOn(invocation, 'json')) {
    await writeJson(list, io.out);
    return 0;
  }
  const width = io.out.size()?.columns ?? null;
  await writeLines(leaseTable(list, Date.now(), width), io.out, io, invocation);
  return 0;
};

/** `homeport port rm NAME…`: named by the user, so that nothing is asked. */
export const runRemove: RunLeases = async (words, invocation, io) => {
  if (words.length === 0) {
    throw invalidInput('port rm needs a NAME, PORT or address', 'homeport port ls lists them');
  }
  const endpoint = textOf(invocation, 'endpoint');
  const directory = textOf(invocation, 'directory');
  const result = await removeLeases(await openContext(invocation), {
    which: words,
    ...(endpoint === null ? {} : { endpoint }),
    ...(directory === null ? {} : { directory }),
  });
  await show(result, invocation, io);
  return 0;
};

/** `homeport port gc`: shows what would go, asks, removes. */
export const runCollect: RunLeases = async (words, invocation, io) => {
  refuseWords('gc', words);
  const context = await openContext(invocation);
  const plan = await collectLeases(context, { apply: false });
  const count = plan.leases.length + plan.addresses.length;
  if (count === 0 || isOn(invocation, 'dry-run')) {
    await show(plan, invocation, io);
    return 0;
  }
  if (!isOn(invocation, 'json')) {
    await writeLines(removedLines(plan.leases, plan.addresses, false), io.err, io, invocation);
  }
  if (!(await confirm('Remove them?', invocation, io))) return 0;
  await show(await collectLeases(context, { apply: true }), invocation, io);
  return 0;
};

const show = async (result: RemovedLeases, invocation: Invocation, io: Io): Promise<void> => {
  await writeNotes(result, invocation, io);
  if (isOn(invocation, 'json')) {
    await writeJson(result, io.out);
    return;
  }
  const { leases, addresses, removed } = result;
  await writeLines(removedLines(leases, addresses, removed), io.out, io, invocation);
};

const refuseWords = (verb: string, [first]: readonly string[]): void => {
  if (first === undefined) return;
  throw invalidInput(`port ${verb} takes no ${first}`, `homeport port ${verb}`);
};
