import type { FailureClass } from '../../../model/failure.ts';
import { knownOr } from '../../../model/known.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { targetText } from '../../../model/target-text.ts';
import { answererOf } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable } from '../../check-result.ts';
import { classWords } from '../../class-words.ts';
import { dialText } from '../../dial-text.ts';
import type { EndpointFacts } from '../../facts.ts';

/** Without a connection there was none of this; with one it is over. */
const beforeConnecting: readonly FailureClass[] = [
  'connection-refused',
  'unreachable',
  'address-not-available',
  'name-not-resolved',
];
const afterwards: readonly FailureClass[] = [
  'timeout',
  'connection-reset',
  'broken-pipe',
  'proxy-error',
];

/** It failed when the message was written, and does not fail so now. */
export const answersNow: Check<EndpointFacts> = {
  id: 'answers-now',
  title: 'what the message tells of is still so',
  stage: 'handshake',
  explains: [...beforeConnecting, ...afterwards],
  judge: (facts) => {
    const { symptom, attempts, met } = facts;
    if (symptom.from !== 'message' || attempts.length === 0 || met === undefined) {
      return notApplicable;
    }
    const connects = attempts.every(({ outcome }) => outcome === 'connected');
    const isOver =
      beforeConnecting.includes(symptom.class) ||
      (afterwards.includes(symptom.class) && met.class === 'none');
    return connects && isOver ? found(facts, met.class) : notApplicable;
  },
};

const found = (facts: EndpointFacts, met: FailureClass) => {
  const { attempts, target } = facts;
  const where = targetText(target);
  const age = ageOf(facts);
  const started = age === null ? '' : `, started ${agoText(age)} ago,`;
  return failed({
    id: 'answers-now',
    severity: 'info',
    title: `${where} ${met === 'none' ? 'answers' : 'accepts connections'} now: ${answererOf(facts)}${started} takes them up${met === 'none' ? '' : `, and ${classWords[met]}`}`,
    evidence: [...attempts.map((one) => `${dialText(one)} now`), ...spokenEvidence(facts)],
    benignCauses: [
      ...(age === null || age > longMs
        ? []
        : ['the client came before the server was up, or while it was started again']),
      'the client runs in a container, a virtual machine or on another machine: localhost is that one there',
      ...(age === null || age > longMs ? ['the server was too busy, or away for a moment'] : []),
    ],
    actions: [
      { label: 'try it again', command: null },
      {
        label: 'should the client come too early again, have it wait for the server first',
        command: shellCommand('homeport', 'wait', where),
      },
    ],
  });
};

const spokenEvidence = ({ protocol: { value } }: EndpointFacts): readonly string[] =>
  value.status === 'identified' ? [`it speaks ${value.name}`] : [];

/** Who came before a server of this age came long ago. */
const longMs = 3_600_000;

const ageOf = ({ answering: [listener], snapshot }: EndpointFacts): number | null => {
  const since = listener === undefined ? null : knownOr(listener.since, null);
  if (since === null) return null;
  const age = Date.parse(snapshot.takenAt) - Date.parse(since);
  return Number.isNaN(age) || age < 0 ? null : age;
};

const agoText = (ms: number): string => {
  if (ms < 120_000) return `${Math.round(ms / 1_000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 172_800_000
    ? `${Math.round(ms / 3_600_000)} h`
    : `${Math.round(ms / 86_400_000)} days`;
};
