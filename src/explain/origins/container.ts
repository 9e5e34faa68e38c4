import { containerFromCgroup } from '../../model/container-cgroup.ts';
import { isKnown } from '../../model/known.ts';
import type { OriginDetector, OriginFacts } from '../origin.ts';
import { containerTop } from '../container-top.ts';
import { cgroupOf } from '../origin-match.ts';

/** A container of any engine, as the engine tells it or as the shape of the cgroup does. */
export const container: OriginDetector = {
  id: 'container',
  detect: (facts) => {
    const found = byEngine(facts) ?? byCgroup(facts);
    if (found === null) return null;
    const { engine, id, name, evidence } = found;
    const kind = engine === 'unknown' ? 'container' : `${engine} container`;
    return {
      label: `${kind} ${name ?? id.slice(0, 12)}`,
      evidence: [evidence],
      restarts: null,
      at: containerTop(facts, id),
    };
  },
};

type Found = { engine: string; id: string; name: string | null; evidence: string };

const byEngine = ({ container: known }: OriginFacts): Found | null => {
  if (known === null) return null;
  const { engine, id } = known;
  return {
    engine,
    id,
    name: isKnown(known.name) ? known.name : null,
    evidence: `it runs in container ${id.slice(0, 12)}`,
  };
};

const byCgroup = ({ chain }: OriginFacts): Found | null => {
  const cgroup = chain[0] === undefined ? null : cgroupOf(chain[0].process);
  const seen = cgroup === null ? null : containerFromCgroup(cgroup);
  return seen && { engine: seen.engine, id: seen.id, name: null, evidence: `cgroup ${cgroup}` };
};
