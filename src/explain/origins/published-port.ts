import { isKnown } from '../../model/known.ts';
import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, findNamed } from '../origin-match.ts';

const helpers: ReadonlySet<string> = new Set([
  'docker-proxy',
  'pasta',
  'pasta.avx2',
  'rootlesskit',
  'rootlessport',
  'rootlessport-child',
  'slirp4netns',
]);

/** A container engine's helper that holds a published port on this side for a container. */
export const publishedPort: OriginDetector = {
  id: 'published-port',
  detect: (facts) => {
    const found = findNamed(facts, helpers, 0);
    if (found === null || found.at > 1) return null;
    const { container } = facts;
    const name = container !== null && isKnown(container.name) ? ` ${container.name}` : '';
    return {
      label: `published port of container${name}`.trimEnd(),
      evidence: [ancestorEvidence(found), 'it passes connections on to a container'],
      restarts: null,
      at: found.at,
    };
  },
};
