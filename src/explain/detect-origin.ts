import type { Evidence, Origin } from '../model/listener.ts';
import { isKnown, isUnknown } from '../model/known.ts';
import type { Problem } from '../model/problem.ts';
import type { OriginDetection, OriginDetector, OriginFacts } from './origin.ts';
import { ancestorEvidence } from './origin-match.ts';
import { originDetectors } from './origins/registry.ts';

/** What one process of the chain tells about the origin; `at` is its index in the chain. */
export type OriginLink = {
  readonly at: number;
  readonly id: string;
  readonly label: string;
  readonly evidence: Evidence;
};

export type OriginVerdict = {
  readonly origin: Origin;
  /** At most one per process, the most telling; the owner's end first. */
  readonly links: readonly OriginLink[];
  /** What every detector found, the most telling first: several may point at one process. */
  readonly found: readonly OriginLink[];
  readonly problems: readonly Problem[];
};

type Found = { readonly id: string; readonly detection: OriginDetection };

/**
 * Says why a process runs. All detectors are asked; the first in precedence is the origin, the
 * others mark the chain and are added to its evidence. Where none knows, the origin is `unknown`
 * with what could be seen. Never throws: a detector that does is reported as a problem.
 */
export const detectOrigin = (
  facts: OriginFacts,
  detectors: readonly OriginDetector[] = originDetectors,
): OriginVerdict => {
  const problems: Problem[] = [];
  const found: Found[] = [];
  for (const { id, detect } of detectors) {
    try {
      const detection = detect(facts);
      if (detection !== null) found.push({ id, detection });
    } catch (thrown) {
      problems.push(detectorFailed(id, thrown));
    }
  }
  return {
    origin: originOf(facts, found),
    links: linksOf(found),
    found: found.map(linkOf),
    problems,
  };
};

/**
 * A text that is the same for facts with the same verdict: children of one parent, in one cgroup,
 * with one command and environment. For callers that judge hundreds of workers.
 */
export const originKey = ({ chain, container, socketHeldByInit }: OriginFacts): string => {
  const [owner, parent] = chain;
  if (owner === undefined) return '';
  const { pid, session, tty, kernelThread, cgroup, argv, comm, environment } = owner.process;
  const alone = parent === undefined || (isKnown(environment) && 'LISTEN_PID' in environment);
  return JSON.stringify([
    parent?.process.pid,
    alone ? pid : null,
    session === pid ? 'own' : session,
    tty,
    kernelThread,
    cgroup,
    argv,
    comm,
    environment,
    container?.id,
    socketHeldByInit,
  ]);
};

const originOf = (facts: OriginFacts, found: readonly Found[]): Origin => {
  const [first, ...others] = found;
  if (first === undefined) return unknownOrigin(facts);
  const { id, detection } = first;
  return {
    id,
    label: detection.label,
    restarts: restartsOf(detection, others),
    evidence: [
      ...detection.evidence,
      ...others.map((other) => `also: ${other.detection.label}`),
      ...unreadIn(facts),
    ],
  };
};

/** A watcher below an agent, or pm2 below a unit, starts the process again whoever stands first. */
const restartsOf = (detection: OriginDetection, others: readonly Found[]): boolean | null =>
  others.some((other) => other.detection.restarts === true) ? true : detection.restarts;

const linksOf = (found: readonly Found[]): readonly OriginLink[] => {
  const byProcess = new Map<number, OriginLink>();
  for (const link of found.map(linkOf)) {
    if (!byProcess.has(link.at)) byProcess.set(link.at, link);
  }
  return [...byProcess.values()].sort((a, b) => a.at - b.at);
};

const linkOf = ({ id, detection: { at, label, evidence } }: Found): OriginLink => ({
  at,
  id,
  label,
  evidence,
});

const unknownOrigin = (facts: OriginFacts): Origin => {
  const parent = facts.chain[1];
  const evidence =
    parent === undefined
      ? ['its parent could not be seen']
      : [
          ancestorEvidence({ at: 1, link: parent }),
          ...(parent.process.pid === 1
            ? ['whether that one started or adopted it is not told']
            : []),
        ];
  return {
    id: 'unknown',
    label: 'not known',
    restarts: null,
    evidence: [...evidence, ...unreadIn(facts)],
  };
};

/** What a detector could not look at: an origin may be missed because of it. */
const unreadIn = ({ chain: [owner] }: OriginFacts): string[] =>
  (['environment', 'cgroup'] as const).flatMap((field) => {
    const value = owner?.process[field];
    return value !== undefined && isUnknown(value)
      ? [`could not check the ${field}: ${value.unknown}`]
      : [];
  });

const detectorFailed = (id: string, thrown: unknown): Problem => ({
  id: 'origin-detector-failed',
  reason: 'failed',
  detail: `origin detector ${id} failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
});
