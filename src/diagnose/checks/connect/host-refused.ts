import type { Action } from '../../../model/finding.ts';
import { isKnown, knownOr } from '../../../model/known.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { listenersHere } from '../../answering.ts';
import { answererAt, askedHost, askedUrl } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import { reachableAddress } from '../../connect-command.ts';
import type { EndpointFacts } from '../../facts.ts';
import {
  type HostRefusal,
  hostRefusal,
  refusalIn,
  refusedHost,
  type RefusalHints,
} from '../../host-refusals.ts';

/** The server refuses requests to a host that it was not told to serve, against DNS rebinding. */
export const hostRefused: Check<EndpointFacts> = {
  id: 'host-refused',
  title: 'the server serves the host that is asked for',
  stage: 'application',
  explains: ['host-not-allowed'],
  judge: (facts) => {
    const { application, symptom } = facts;
    const told = symptom.class === 'host-not-allowed' ? (facts.message?.text ?? '') : '';
    if (application !== null && isKnown(application.value)) {
      const { url, status, body } = application.value;
      const refusal = refusalIn(application.value, hintsOf(facts));
      if (refusal !== null) return found(facts, refusal, body, `GET ${url} answers ${status}`);
      if (told === '') return pass(`GET ${url} answers ${status}`);
    }
    if (told === '') return notApplicable;
    const refusal = hostRefusal(told, hintsOf(facts));
    return refusal === null
      ? couldNotCheck('the message does not tell which server refuses')
      : found(facts, refusal, told, 'the message says so');
  },
};

const hintsOf = ({
  answering: [listener],
  owner,
  askersProject,
  snapshot,
}: EndpointFacts): RefusalHints => {
  const process = owner !== null && 'process' in owner ? owner.process : null;
  const cwd = process === null ? null : knownOr(process.cwd, null);
  const ofServer = cwd === null ? null : knownOr(snapshot.projects[cwd] ?? null, null);
  const project = listener === undefined ? knownOr(askersProject, null) : ofServer;
  return {
    program: listener === undefined ? null : (knownOr(listener.program, null)?.id ?? null),
    dependencies: project?.manifest?.dependencies ?? [],
  };
};

const found = (facts: EndpointFacts, refusal: HostRefusal, said: string, how: string) => {
  const host = refusedHost(said) ?? askedHost(facts);
  const { answering } = facts;
  const who = answering.length === 0 ? refusal.by : `${refusal.by}, ${answererAt(facts)},`;
  return failed({
    id: 'host-refused',
    severity: 'critical',
    title: `${who} refuses requests to the host ${host}`,
    evidence: [how, `it says: ${sentenceOf(said)}`],
    actions: [
      {
        label: `allow it: ${refusal.setting(host)}${placeOf(facts, refusal)}, then restart the server`,
        command: null,
      },
      ...askByLocalhost(facts, host),
    ],
  });
};

const placeOf = (facts: EndpointFacts, { file }: HostRefusal): string => {
  if (file === null) return '';
  const [listener] = facts.answering;
  const project = listener?.project ?? null;
  const root = project === null ? null : (knownOr(project, null)?.root ?? null);
  return root === null || file.startsWith('~') ? ` in ${file}` : ` in ${root}/${file}`;
};

/** Where the page itself is not bound to the name, localhost is what every one of them allows. */
const askByLocalhost = (facts: EndpointFacts, host: string): readonly Action[] =>
  host === 'localhost' || facts.target.port === 0
    ? []
    : [
        {
          label: 'see that it serves localhost',
          command: shellCommand(
            'curl',
            '-i',
            '-H',
            `Host: localhost:${facts.target.port}`,
            urlOf(facts),
          ),
        },
      ];

const schemeOf = ({ protocol: { value } }: EndpointFacts): 'http' | 'https' =>
  value.status === 'identified' && value.tls !== null ? 'https' : 'http';

/** At the address that was connected to, else where something listens: the name need not have one. */
const urlOf = (facts: EndpointFacts): string => {
  const scheme = schemeOf(facts);
  const { attempts, addresses, target } = facts;
  const reached = attempts.find(({ outcome }) => outcome === 'connected')?.address;
  if (reached === undefined && addresses.length > 0) return askedUrl(scheme, facts);
  const [listener] = listenersHere(facts);
  const address = reached ?? (listener === undefined ? '127.0.0.1' : reachableAddress(listener));
  return `${scheme}://${endpointText(address, target.port)}/`;
};

const longestSentence = 160;

/** The first line of words that says it, without the marks of HTML. */
const sentenceOf = (text: string): string => {
  const lines = text
    .slice(0, 16_384)
    .replaceAll(/<(?:style|script)\b[^]*?<\/(?:style|script)>/gi, '')
    .replaceAll(/<[^>]{0,500}>/g, '\n')
    .replaceAll(/&(?:quot|#39|#x27);/g, "'")
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const best = lines.find((line) => /host|origin|domain/i.test(line)) ?? lines[0] ?? 'nothing';
  return best.length <= longestSentence ? best : `${best.slice(0, longestSentence)}…`;
};
