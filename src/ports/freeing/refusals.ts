import type { FreeStep, Refusal } from '../../model/freeing.ts';
import { isKnown, knownOr } from '../../model/known.ts';
import type { Process } from '../../model/process.ts';
import { listenerText } from './endpoints.ts';
import type { FreeingFacts, HeldBy } from './facts.ts';
import { processOf } from './process-tree.ts';

/**
 * Why steps are not taken without `force`: for each process that would be signalled, and for managers
 * that run Homeport itself or let people in. One reason a process, the gravest.
 */
export const refusalsOf = (steps: readonly FreeStep[], facts: FreeingFacts): readonly Refusal[] => {
  const signalled = steps.flatMap((step) =>
    step.action.kind === 'signal' ? [step.action.process.pid] : [],
  );
  const tops = new Set(
    steps.flatMap(({ action }) =>
      action.kind === 'signal' && action.leads ? [action.process.pid] : [],
    ),
  );
  return [
    ...[...new Set(signalled)].flatMap((pid) => ofProcess(pid, tops.has(pid), facts) ?? []),
    ...facts.holders
      .filter(({ process }) => !signalled.includes(process.pid))
      .flatMap((holder) => ofManaged(holder, facts) ?? []),
    ...facts.elsewhere.map((listener): Refusal => ({
      id: 'other-namespace',
      pid: knownOr(listener.owners, [])[0]?.pid ?? null,
      why: `${listenerText(listener)} is in another network namespace (${listener.namespace})${inContainer(listener.container)}: its port is not this machine's`,
    })),
  ];
};

const inContainer = (container: FreeingFacts['listeners'][number]['container']): string =>
  container === null
    ? ''
    : `, that of container ${knownOr(container.name, container.id.slice(0, 12))}`;

const ofProcess = (pid: number, isTop: boolean, facts: FreeingFacts): Refusal | null => {
  const process = processOf(pid, facts.processes);
  const self = knownOr(facts.self, null);
  const name = process === null ? `pid ${pid}` : `${facts.nameOf(process)} (pid ${pid})`;
  if (pid === 1) {
    return {
      id: 'init',
      pid,
      why: `${name} is init: without it the machine, or the container, ends`,
    };
  }
  if (pid === self?.pid) return { id: 'ourselves', pid, why: `${name} is Homeport itself` };
  if (self?.ancestors.includes(pid) === true) {
    return process !== null && isSshServer(process)
      ? { id: 'ssh-server', pid, why: `${name} is the ssh server of this very session` }
      : { id: 'ancestor', pid, why: `${name} is what Homeport was started from` };
  }
  return process === null ? null : ofOther(process, name, isTop, facts);
};

const ofOther = (
  process: Process,
  name: string,
  isTop: boolean,
  facts: FreeingFacts,
): Refusal | null => {
  const { pid } = process;
  if (process.kernelThread) {
    return { id: 'kernel-thread', pid, why: `${name} is a part of the kernel` };
  }
  if (isSshServer(process)) {
    return { id: 'ssh-server', pid, why: `${name} is an ssh server: people may come in by it` };
  }
  const why = foreign(process, isTop, facts);
  return why === null ? null : { id: 'other-user', pid, why: `${name} ${why}` };
};

/** Workers of a process that is ours are ours too, whomever they step down to. */
const foreign = (process: Process, isTop: boolean, { self }: FreeingFacts): string | null => {
  if (!isKnown(self)) return null;
  const isRoot = self.uids[0] === 0;
  if (!isTop && isRoot) return null;
  const uid = knownOr(process.uid, null);
  if (uid === null) return 'runs as a user that could not be read';
  return self.uids.includes(uid) ? null : `is ${process.user ?? `uid ${uid}`}'s, not yours`;
};

/** What a manager is to stop: its own rights decide, except where we would cut our own branch off. */
const ofManaged = (holder: HeldBy, facts: FreeingFacts): Refusal | null => {
  const { process, program } = holder;
  const { pid } = process;
  const name = `${program.name} (pid ${pid})`;
  if (isSshServer(process)) {
    return { id: 'ssh-server', pid, why: `${name} is an ssh server: people may come in by it` };
  }
  const self = knownOr(facts.self, null);
  if (self === null) return null;
  if (self.pid === pid || (pid !== 1 && self.ancestors.includes(pid))) {
    return { id: 'ancestor', pid, why: `${name} is what Homeport was started from` };
  }
  return null;
};

const isSshServer = ({ comm }: Process): boolean =>
  /^(?:sshd(?:-session|-auth)?|dropbear)(?::|$)/.test(comm);
