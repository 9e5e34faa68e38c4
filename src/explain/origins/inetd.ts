import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, findStarter } from '../origin-match.ts';

const names: ReadonlySet<string> = new Set([
  'inetd',
  'openbsd-inetd',
  'inetutils-inetd',
  'rlinetd',
  'xinetd',
  'tcpserver',
  'tcpsvd',
]);

/** A server that inetd or one of its kind starts for each connection, or hands the socket to. */
export const inetd: OriginDetector = {
  id: 'inetd',
  detect: (facts) => {
    const found = findStarter(facts, names);
    return (
      found && {
        label: `${found.name} service`,
        evidence: [ancestorEvidence(found)],
        restarts: true,
        at: found.at,
      }
    );
  },
};
