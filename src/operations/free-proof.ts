import { describeOwner, isHeldBySystemd } from '../explain/describe-owner.ts';
import { type Judgement, judgeProcesses } from '../explain/judgement.ts';
import { judgeListeners } from '../explain/listeners.ts';
import { indexSnapshot } from '../explain/snapshot-index.ts';
import { takeSnapshot } from '../host/snapshot.ts';
import type { Owner } from '../model/explanation.ts';
import type { FreeReceipt, StillHeld } from '../model/freeing.ts';
import { isUnknown, knownOr } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';
import { listenerText } from '../ports/freeing/endpoints.ts';
import type { FreeingFacts } from '../ports/freeing/facts.ts';
import { selectToFree } from './free-selection.ts';
import type { LiveContext } from './operation.ts';
import { paceOf } from './pace.ts';
import { resolveTarget } from './resolve-target.ts';

type Proof = Pick<FreeReceipt, 'freed' | 'provenMs' | 'heldBy'>;

/** How long nobody may listen until it counts as free, and how long a holder may take to let go. */
const provenAfterMs = 2_000;
const lookEveryMs = 400;

/**
 * Proves that nobody listens where the plan's listeners did, and still nobody two seconds later; else
 * tells who does, and who has started that one.
 */
export const proveFree = async (context: LiveContext, facts: FreeingFacts): Promise<Proof> => {
  const { elapsed, pause } = paceOf(context);
  const begin = elapsed();
  let freeSince: number | null = null;
  for (;;) {
    const asked = elapsed();
    const heldBy = await lookOnce(context, facts);
    // A process that has just ended may be seen once more; one that is new is there to stay.
    const isOver = asked - (freeSince ?? begin) >= provenAfterMs;
    if (heldBy.length > 0) {
      if (isOver || heldBy.some(({ isNew }) => isNew)) return { freed: false, provenMs: 0, heldBy };
      freeSince = null;
    } else if (freeSince !== null && isOver) {
      return { freed: true, provenMs: Math.round(asked - freeSince), heldBy };
    } else freeSince ??= elapsed();
    const left = (freeSince ?? begin) + provenAfterMs - elapsed();
    await pause(Math.max(1, Math.min(lookEveryMs, left)), context.signal);
  }
};

const lookOnce = async (
  context: LiveContext,
  facts: FreeingFacts,
): Promise<readonly StillHeld[]> => {
  const unix = facts.listeners.some(({ transport }) => transport === 'unix');
  const snapshot = await takeSnapshot(
    context.host,
    { states: 'listening', unix, otherNamespaces: facts.force, holdersOf: 'listening' },
    context.signal,
    context.now,
  );
  const judgement = judgeProcesses(indexSnapshot(snapshot));
  const targets = await Promise.all(
    facts.targets.map((target) => resolveTarget(context, target, snapshot)),
  );
  const all = judgeListeners(judgement);
  const meant = selectToFree(
    targets.filter(({ target }) => target.kind === 'endpoint'),
    all,
  );
  const before = new Set([...facts.listeners, ...facts.elsewhere].map(keyOf));
  const again = all.filter((listener) => before.has(keyOf(listener)));
  const listeners = new Map([...meant.here, ...again].map((one) => [keyOf(one), one]));
  return [...listeners.values()].map((listener) => stillHeld(listener, judgement, facts));
};

const keyOf = (listener: Listener): string => `${listener.namespace} ${listenerText(listener)}`;

const stillHeld = (listener: Listener, judgement: Judgement, facts: FreeingFacts): StillHeld => {
  const endpoint = listenerText(listener);
  const [first] = knownOr(listener.owners, []);
  const process = first === undefined ? null : judgement.index.process(first.pid);
  if (first === undefined || process === null) {
    const name = isUnknown(listener.owners) ? (listener.owners.why ?? 'somebody') : 'somebody';
    const isNew = !facts.listeners.some(({ owners }) => isUnknown(owners));
    return { endpoint, pid: null, name, isNew, startedAt: listener.since, restartedBy: null };
  }
  const owner = describeOwner(process, [], isHeldBySystemd(listener, judgement), judgement);
  const isNew = !facts.holders.some(
    (one) => one.process.pid === process.pid && one.process.startTicks === process.startTicks,
  );
  return {
    endpoint,
    pid: process.pid,
    name: owner.program.name,
    isNew,
    startedAt: process.startedAt,
    restartedBy: isNew ? starterOf(owner) : null,
  };
};

/** The manager that is known to start it again, else its parent: that one has started it. */
const starterOf = ({ origin, chain, process }: Owner): string | null => {
  if (process.pid === 1) return 'systemd: a socket unit holds the port';
  const parent = chain[1];
  if (origin.restarts === true) return origin.label;
  if (parent === undefined) return null;
  return parent.pid === 1
    ? `init (pid 1)${origin.id === 'unknown' ? '' : `, as ${origin.label}`}`
    : `${parent.command} (pid ${parent.pid})`;
};
