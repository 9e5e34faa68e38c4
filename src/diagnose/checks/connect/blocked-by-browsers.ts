import { isBadPort, lastPort } from '../../../model/port.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { describeListenerAt } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';

/** Browsers refuse some ports before they connect (https://fetch.spec.whatwg.org/#port-blocking). */
export const blockedByBrowsers: Check<EndpointFacts> = {
  id: 'blocked-by-browsers',
  title: 'browsers connect to the port',
  stage: 'application',
  explains: ['unsafe-port'],
  judge: (facts) => {
    const { port } = facts.target;
    if (port === 0) return notApplicable;
    if (!facts.port.blockedByBrowsers) return pass(`browsers and fetch() connect to ${port}`);
    return isAboutHttp(facts) ? found(facts) : notApplicable;
  },
};

/** What speaks something else there, as SMTP on 25, is no browser's concern. */
const isAboutHttp = ({ symptom, expected, protocol, target }: EndpointFacts): boolean =>
  symptom.class === 'unsafe-port' ||
  expected === 'http' ||
  expected === 'https' ||
  target.scheme === 'http' ||
  (protocol.value.status === 'identified' && protocol.value.id.startsWith('http'));

const found = (facts: EndpointFacts) => {
  const { port } = facts.target;
  const safe = nearestSafe(port, facts);
  const [listener] = facts.answering;
  return failed({
    id: 'blocked-by-browsers',
    severity: facts.symptom.class === 'unsafe-port' ? 'warning' : 'notice',
    title: `browsers and fetch() refuse HTTP on port ${port}, whoever listens there (ERR_UNSAFE_PORT)`,
    evidence: [
      `${port} is on the Fetch standard's list of bad ports: another protocol has it by custom`,
      listener === undefined
        ? 'nobody was seen to listen there'
        : `${describeListenerAt(listener)} listens, and other clients may reach it`,
      `the nearest ports that browsers connect to, and nobody listens on: ${safe.join(', ')}`,
    ],
    benignCauses: ['no browser is meant to use it'],
    actions: [
      {
        label: `give the server another port, for example ${safe[0] ?? 8080}: no setting of the server helps on this one`,
        command: null,
      },
      {
        label: 'see that the server itself answers: curl has no such list',
        command: `curl -sS -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:${port}/`,
      },
    ],
  });
};

/** Three ports above it that need no more right than it does, and on which nobody listens. */
const nearestSafe = (port: number, { listeners }: EndpointFacts): readonly number[] => {
  const taken = new Set(listeners.map((one) => (one.transport === 'unix' ? 0 : one.port)));
  const safe: number[] = [];
  for (let one = port + 1; one <= lastPort && safe.length < 3; one += 1) {
    if (!isBadPort(one) && !taken.has(one)) safe.push(one);
  }
  return safe;
};
