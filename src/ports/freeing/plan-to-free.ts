import type { Connection } from '../../model/connection.ts';
import type {
  CutOff,
  FreeChild,
  FreeOwner,
  FreePlan,
  FreeStep,
  Restarter,
} from '../../model/freeing.ts';
import { isKnown, isUnknown, knownOr } from '../../model/known.ts';
import { endpointText } from '../../model/target-endpoint.ts';
import { containerWay } from './container-way.ts';
import { endpointsOf, listenerText } from './endpoints.ts';
import type { FreeingFacts, HeldBy } from './facts.ts';
import { processOf } from './process-tree.ts';
import { refusalsOf } from './refusals.ts';
import type { StopWay, WayToStop } from './stop-way.ts';
import { stopWays } from './ways/registry.ts';

/**
 * Plans how to free what the targets mean: who holds it, who is cut off, the right way to stop each
 * holder, what would start it again, what is left, and why not. Listeners alone are a reason: a
 * client's local port never is. Pure; `id` is for the caller to give.
 */
export const planToFree = (facts: FreeingFacts): Omit<FreePlan, 'id'> => {
  const ways = waysOf(facts);
  const steps = distinctSteps(ways.flatMap((way) => way.steps));
  const refusals = [...ways.flatMap((way) => way.refusals), ...refusalsOf(steps, facts)];
  return {
    target: facts.targets[0],
    targets: facts.targets,
    state: stateOf(facts),
    endpoints: [...facts.listeners, ...facts.elsewhere].map(listenerText),
    owners: facts.holders.map((holder) => ownerOf(holder, facts)),
    project: facts.holders.map(projectOf).find((name) => name !== null) ?? null,
    children: childrenOf(steps, facts),
    cutOff: facts.connections.flatMap(cutOffBy),
    restartedBy: restarterOf(ways),
    steps,
    graceMs: facts.graceMs,
    left: leftOf(ways, facts),
    refusals,
    forced: facts.force,
    problems: facts.problems,
  };
};

const stateOf = ({ listeners, elsewhere, published, holders }: FreeingFacts): FreePlan['state'] => {
  if (listeners.length + elsewhere.length + published.length === 0) return 'free';
  const isHidden = listeners.some(({ owners }) => isUnknown(owners)) && published.length === 0;
  return isHidden && holders.length === 0 ? 'hidden' : 'held';
};

/** Ancestors first: what ends with them needs no way of its own. */
const waysOf = (facts: FreeingFacts): readonly WayToStop[] => {
  const found: WayToStop[] = [];
  const ended = new Set<number>();
  for (const holder of facts.holders.toSorted(byDepth)) {
    if (ended.has(holder.process.pid)) continue;
    const way = firstWay(holder, facts, stopWays);
    if (way === null) continue;
    found.push(way);
    way.ends.forEach((pid) => ended.add(pid));
  }
  const containers = facts.published.map((container) => containerWay(container, [], facts));
  return [...found, ...containers];
};

const byDepth = (a: HeldBy, b: HeldBy): number =>
  a.chain.length - b.chain.length || a.process.startTicks - b.process.startTicks;

const firstWay = (
  holder: HeldBy,
  facts: FreeingFacts,
  ways: readonly StopWay[],
): WayToStop | null => {
  for (const { plan } of ways) {
    const way = plan(holder, facts);
    if (way !== null) return way;
  }
  return null;
};

/** Managers first, what leads before what follows; each process and each unit once. */
const distinctSteps = (steps: readonly FreeStep[]): readonly FreeStep[] => {
  const byKey = new Map<string, FreeStep>();
  for (const step of steps.toSorted((a, b) => rank(a) - rank(b))) {
    const { action } = step;
    const key =
      action.kind === 'signal' ? `pid ${action.process.pid}` : `${step.verb} ${step.target}`;
    if (!byKey.has(key)) byKey.set(key, step);
  }
  return [...byKey.values()];
};

const rank = ({ action }: FreeStep): number => {
  if (action.kind !== 'signal') return 0;
  return action.leads ? 1 : 2;
};

const ownerOf = (holder: HeldBy, facts: FreeingFacts): FreeOwner => {
  const { process, program, origin, role, evidence } = holder;
  const { pid, startTicks, bootId, startedAt, uid, user, argv, cwd } = process;
  const holds = holder.listeners.map(listenerText);
  return {
    pid,
    startTicks,
    bootId,
    startedAt,
    name: program.name,
    role,
    evidence,
    uid,
    user,
    argv,
    cwd,
    project: projectOf(holder),
    origin,
    holds,
    alsoServes: endpointsOf(pid, facts.allListeners).filter((one) => !holds.includes(one)),
  };
};

const projectOf = ({ project }: HeldBy): string | null =>
  project === null ? null : (knownOr(project, null)?.name ?? null);

const childrenOf = (steps: readonly FreeStep[], facts: FreeingFacts): readonly FreeChild[] => {
  const held = new Set(facts.holders.map(({ process }) => process.pid));
  return steps.flatMap(({ action }) => {
    if (action.kind !== 'signal' || held.has(action.process.pid)) return [];
    const process = processOf(action.process.pid, facts.processes);
    if (process === null) return [];
    return [
      {
        ...action.process,
        name: facts.nameOf(process),
        command: knownOr(process.argv, []).join(' ') || process.comm,
        alsoServes: endpointsOf(process.pid, facts.allListeners),
      },
    ];
  });
};

const over: ReadonlySet<string> = new Set(['time-wait', 'close', 'last-ack', 'closing']);

const cutOffBy = ({ client, server, state }: Connection): readonly CutOff[] =>
  over.has(state) ? [] : [{ client, server: endpointText(server.address, server.port), state }];

/** One that no step stops is what matters. */
const restarterOf = (ways: readonly WayToStop[]): Restarter | null => {
  const all = ways.flatMap(({ restartedBy }) => restartedBy ?? []);
  return all.find(({ stopped }) => !stopped) ?? all[0] ?? null;
};

const leftOf = (ways: readonly WayToStop[], facts: FreeingFacts): readonly string[] => [
  ...new Set([
    ...ways.flatMap(({ left }) => left),
    ...facts.datagrams.map((listener) => {
      const text = listenerText(listener);
      return `${text} has the same number, which is another port: homeport free ${text}`;
    }),
    ...facts.listeners.flatMap((listener) =>
      isKnown(listener.owners)
        ? []
        : [
            `${listenerText(listener)} is held by somebody who can't be seen: ${listener.owners.why ?? listener.owners.unknown}`,
          ],
    ),
    ...(facts.connections.length === 0
      ? []
      : ['who is connected stays: clients lose their connection, and are never signalled']),
  ]),
];
