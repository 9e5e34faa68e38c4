import type { Ancestor } from '../origin-match.ts';
import type { ChainProcess, OriginDetector, OriginFacts } from '../origin.ts';
import { ancestorEvidence, cgroupOf, findAncestor, launchOf, nameAmong } from '../origin-match.ts';

/** Besides pid 1, user managers and small inits adopt: child subreapers, PR_SET_CHILD_SUBREAPER(2const). */
const adopters: ReadonlySet<string> = new Set(['catatonit', 'docker-init', 'systemd', 'tini']);

/** Programs that are put in as pid 1 to wait, and never start anything. */
const idlers: ReadonlySet<string> = new Set(['cat', 'pause', 'sleep', 'tail']);

/**
 * A process whose parent has ended and which pid 1 or a subreaper adopted. A parent of pid 1 alone
 * shows nothing: init starts services, and a container's entrypoint starts its own children.
 */
export const orphan: OriginDetector = {
  id: 'orphan',
  detect: (facts) => {
    const found = adoptedIn(facts);
    if (found === null) return null;
    const { top, adopter, because } = found;
    return {
      label:
        top.at === 0
          ? 'a parent that has ended'
          : `${top.link.process.comm}, whose parent has ended`,
      evidence: [
        ...(top.at === 0 ? [] : [ancestorEvidence(top)]),
        `its parent has ended: ${because}`,
        ancestorEvidence(adopter),
      ],
      restarts: false,
      at: top.at,
    };
  },
};

const adoptedIn = (
  facts: OriginFacts,
): { top: Ancestor; adopter: Ancestor; because: string } | null => {
  const adopter = findAncestor(facts, isAdopter);
  const link = adopter === null ? undefined : facts.chain[adopter.at - 1];
  if (adopter === null || link === undefined || isDaemon(link)) return null;
  const because = reasonFor(link, adopter.link);
  return because === null ? null : { top: { at: adopter.at - 1, link }, adopter, because };
};

/** A terminal multiplexer's or pm2's server lets go of its parent on purpose. */
const isDaemon = (link: ChainProcess): boolean =>
  launchOf(link.command).carrier || nameAmong(link, daemons) !== null;

const daemons: ReadonlySet<string> = new Set(['pm2', 'supervisord']);

const isAdopter = (link: ChainProcess): boolean =>
  link.process.pid === 1 || nameAmong(link, adopters) !== null;

const reasonFor = ({ process }: ChainProcess, adopter: ChainProcess): string | null => {
  const [, scope] = scopeShape.exec(cgroupOf(process) ?? '') ?? [];
  if (scope !== undefined) return `it belongs to ${scope}, in which init starts nothing`;
  if (nameAmong(adopter, idlers) !== null) return 'the process above it starts no programs';
  const { session, pid } = process;
  const ownSession = session === pid || session === 0 || session === adopter.process.session;
  return ownSession
    ? null
    : `its session was begun by process ${session}, which is not among its ancestors`;
};

const scopeShape = /\/((?:session-|app-|run-|vte-spawn-)[^/]*\.scope)(?:\/|$)/;
