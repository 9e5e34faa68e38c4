import { pairConnections } from '../explain/connections.ts';
import { type Judgement, judgeProcesses } from '../explain/judgement.ts';
import { judgeListeners } from '../explain/listeners.ts';
import { listenerOf } from '../explain/select.ts';
import { indexSnapshot } from '../explain/snapshot-index.ts';
import { takeSnapshot } from '../host/snapshot.ts';
import type { Container } from '../model/container.ts';
import { isKnown, knownOr, unknown } from '../model/known.ts';
import type { Process } from '../model/process.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import type { FreeingFacts } from '../ports/freeing/facts.ts';
import { holdersOf } from './free-holders.ts';
import { managerFacts } from './free-managers.ts';
import type { FreeInput } from './free.schema.ts';
import { type FreeSelection, selectToFree } from './free-selection.ts';
import type { OperationContext } from './operation.ts';
import { resolveTarget } from './resolve-target.ts';

const defaultGraceMs = 5_000;

/** The machine as a plan needs it: every process, and who holds and uses each socket. */
export type FreeMachine = {
  readonly judgement: Judgement;
  readonly processes: readonly Process[];
};

/** Reads the machine, or takes what the snapshot tells of it. */
export const freeMachine = async (
  context: OperationContext,
  unix: boolean,
): Promise<FreeMachine> => {
  const snapshot = context.snapshot ?? (await readMachine(context, unix));
  const judgement = judgeProcesses(indexSnapshot(snapshot));
  return { judgement, processes: allProcesses(context, snapshot) };
};

const readMachine = (
  context: Extract<OperationContext, { host: object }>,
  unix: boolean,
): Promise<Snapshot> =>
  takeSnapshot(
    context.host,
    { states: 'all', unix, otherNamespaces: true, holdersOf: 'all', detail: 'full' },
    context.signal,
    context.now,
  );

/** A snapshot holds those that have sockets, and their ancestors: children without any it lacks. */
const allProcesses = (context: OperationContext, snapshot: Snapshot): readonly Process[] => {
  if (context.snapshot !== undefined) return snapshot.processes;
  const known = new Set(snapshot.processes.map(({ pid }) => pid));
  const others = context.host.pids().filter((pid) => !known.has(pid));
  return [
    ...snapshot.processes,
    ...others.map((pid) => context.host.process(pid, 'brief')).filter(isKnown),
  ];
};

/** Collects all that a plan is made from. */
export const freeingFacts = async (
  context: OperationContext,
  input: FreeInput,
  targets: readonly [Target, ...Target[]],
  machine: FreeMachine,
): Promise<FreeingFacts> => {
  const { judgement, processes } = machine;
  const { snapshot } = judgement.index;
  const resolved = await Promise.all(
    targets.map((target) => resolveTarget(context, target, snapshot)),
  );
  const [first = targets[0], ...others] = resolved.map(({ target }) => target);
  const all = judgeListeners(judgement);
  const selection = selectToFree(resolved, all);
  const listeners = [...selection.here, ...(input.force === true ? selection.elsewhere : [])];
  const holders = holdersOf(listeners, judgement);
  const published = publishedOf(targets, selection, snapshot.containers);
  const connections = pairConnections(judgement).filter(
    (connection) => listenerOf(connection, listeners) !== null,
  );
  return {
    targets: [first, ...others],
    listeners: selection.here,
    elsewhere: selection.elsewhere,
    datagrams: selection.datagrams,
    holders,
    published,
    connections,
    allListeners: all,
    processes,
    nameOf: (process) => judgement.program(process).name,
    self: context.snapshot === undefined ? context.host.self() : noSelf,
    ...(await managerFacts(context, holders, published)),
    graceMs: input.timeoutMs ?? defaultGraceMs,
    force: input.force ?? false,
    withParent: input.withParent ?? false,
    problems: [...snapshot.problems, ...resolved.flatMap(({ problems }) => problems)],
  };
};

const noSelf = unknown('unsupported', 'a snapshot does not tell who asks');

/** An engine without a proxy has the kernel pass the port on: nobody listens, and it is taken. */
const publishedOf = (
  targets: readonly Target[],
  { here }: FreeSelection,
  containers: readonly Container[],
): readonly Container[] => {
  if (here.length > 0) return [];
  return containers.filter((container) =>
    knownOr(container.published, []).some((port) =>
      targets.some(
        (target) =>
          target.kind === 'endpoint' &&
          target.port === port.hostPort &&
          (target.transport ?? 'tcp') === port.transport,
      ),
    ),
  );
};
