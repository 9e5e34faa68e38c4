import type { Severity } from '../../model/finding.ts';
import { knownOr } from '../../model/known.ts';
import type { Listener, ProgramKind } from '../../model/listener.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../check-result.ts';
import {
  endpointText,
  hasOnlyLocalClients,
  programKind,
  programName,
  reachEvidence,
  reachOf,
} from '../listener-facts.ts';
import type { Rule, RuleFacts } from '../rule.ts';

/** Programs that a developer runs for this machine, unless told otherwise. */
const localKinds: ReadonlySet<ProgramKind> = new Set([
  'ai',
  'broker',
  'database',
  'dev-server',
  'framework',
]);

/** A dev server or database that other machines can reach though only this one uses it. */
export const boundWiderThanNeeded: Rule = {
  id: 'bound-wider-than-needed',
  title: 'Bound wider than it needs',
  judge: (facts) => {
    const { listener } = facts;
    const kind = programKind(listener);
    if (listener.transport !== 'tcp' || (kind !== null && !isLocal(listener, kind))) {
      return notApplicable;
    }
    const reach = reachOf(listener);
    if (reach === 'machine') return pass;
    if (kind === null) return couldNotCheck('which program listens could not be read');
    if (reach === 'unknown') return couldNotCheck('how far it reaches could not be read');
    return hasOnlyLocalClients(facts) ? found(facts) : pass;
  },
};

/** A developer's own server has no name of its own: its project tells it from the system's. */
const isLocal = (listener: Listener, kind: ProgramKind): boolean =>
  localKinds.has(kind) ||
  ((kind === 'runtime' || kind === 'unknown') && knownOr(listener.project, null) !== null);

const found = ({ listener, clients }: RuleFacts) => {
  const severity: Severity = clients.length === 0 ? 'info' : 'notice';
  const used =
    clients.length === 0
      ? 'no client is connected at this moment'
      : `all ${clients.length} connected clients are on this machine`;
  return failed({
    id: 'bound-wider-than-needed',
    severity,
    title: `${programName(listener)} can be reached from other machines on ${endpointText(listener)}`,
    evidence: [...reachEvidence(listener), used],
    benignCauses: [
      'it is meant to be tried from a phone or another machine',
      'it runs in a virtual machine or container that is reached through this address',
    ],
    actions: [
      {
        label: 'bind it to 127.0.0.1 (often `--host 127.0.0.1`) if only this machine needs it',
        command: null,
      },
    ],
  });
};
