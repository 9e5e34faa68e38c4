import type { Action } from '../../../model/finding.ts';
import { isKnown, knownOr } from '../../../model/known.ts';
import { byRoot } from '../../as-root.ts';
import { bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { trialEvidence } from '../../holding-text.ts';
import { judgeKnown } from '../../judge-known.ts';

/** Ports below a limit take root or CAP_NET_BIND_SERVICE (ip(7), capabilities(7)). */
export const privilegedPort: Check<EndpointFacts> = {
  id: 'privileged-port',
  title: 'the port can be bound without root',
  stage: 'listener',
  explains: ['permission-denied'],
  judge: (facts) => {
    const { port, trial } = bindQuestion(facts);
    if (port === 0) return notApplicable;
    const { machine } = facts.snapshot;
    return judgeKnown(machine.unprivilegedPortStart, 'the first unprivileged port', (first) => {
      if (port >= first)
        return pass(`${port} needs no right: ports from ${first} on are anybody's`);
      if (facts.symptom.class === 'permission-denied' || trial?.reusing === 'EACCES') {
        return found(first, facts);
      }
      const uid = knownOr(facts.asker, null)?.uid ?? machine.uid;
      return uid === 0 || trial !== null
        ? pass(`${port} is below ${first}, and who asks has the right to bind it`)
        : found(first, facts);
    });
  },
};

const found = (first: number, facts: EndpointFacts) => {
  const { port, text } = bindQuestion(facts);
  return failed({
    id: 'privileged-port',
    severity: 'warning',
    title: `${text} is below ${first}: only root, or a program with CAP_NET_BIND_SERVICE, can bind it`,
    evidence: [
      `net.ipv4.ip_unprivileged_port_start is ${first}`,
      ...(isKnown(facts.asker) ? [`Homeport was asked by uid ${facts.asker.uid}`] : []),
      ...trialEvidence(facts),
    ],
    benignCauses: ['it is meant for a service that systemd or a container engine starts as root'],
    actions: [
      {
        label: `give the server a port from ${first} on (${above(port, first)}), or let systemd open ${port} for it (ListenStream=${port} in a socket unit, AmbientCapabilities=CAP_NET_BIND_SERVICE in its service)`,
        command: null,
      },
      {
        label: `let every program bind ports from ${port} on`,
        changes: `every user of this machine can bind the ports ${port} to ${first - 1}, until it starts again`,
        ...byRoot('sysctl', '-w', `net.ipv4.ip_unprivileged_port_start=${port}`),
      },
      capability(facts),
    ],
  });
};

/** The port that people commonly put in its place: 80 is 8080, 443 is 8443. */
const above = (port: number, first: number): number =>
  [8000 + port, first].find((one) => one >= first && one <= 65_535) ?? first;

/** The program that a language's servers are run by. */
const interpreters: Readonly<Record<string, string | undefined>> = {
  bun: 'bun',
  caddy: 'caddy',
  deno: 'deno',
  node: 'node',
  php: 'php',
  python: 'python3',
  ruby: 'ruby',
};

const capability = ({ message }: EndpointFacts): Action => {
  const program = interpreters[message?.ecosystem ?? ''];
  const changes = 'every user who may run that file can bind privileged ports with it';
  return program === undefined
    ? {
        label:
          "give the server's own executable the capability: sudo setcap cap_net_bind_service=+ep FILE (of a script that is its interpreter)",
        command: null,
        changes,
      }
    : {
        label: `give ${program} the capability`,
        command: `sudo setcap cap_net_bind_service=+ep "$(readlink -f "$(command -v ${program})")"`,
        changes,
        needsRoot: true,
      };
};
