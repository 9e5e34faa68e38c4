import type { Cause, Diagnosis, Symptom } from '../model/diagnosis.ts';
import { targetText } from '../model/target-text.ts';
import { describeListener } from './describe-listener.ts';
import type { EndpointFacts } from './facts.ts';
import { classWords } from './class-words.ts';

/** The diagnosis in one sentence. */
export const answerOf = (
  verdict: Diagnosis['verdict'],
  [first]: readonly Cause[],
  facts: EndpointFacts,
): string => {
  const where = targetText(facts.target);
  if (verdict === 'explained' && first !== undefined) return first.title;
  if (verdict === 'works') return worksText(where, facts);
  return `${where}: ${classWords[facts.symptom.class]}, and no check says why`;
};

const worksText = (where: string, { answering, protocol, attempts }: EndpointFacts): string => {
  const [listener] = answering;
  const who = listener === undefined ? 'it' : describeListener(listener);
  if (attempts.length === 0) return `nothing is wrong with ${where} as far as it was looked at`;
  const { value } = protocol;
  return value.status === 'identified'
    ? `${where} works: ${who} answers in ${value.name}`
    : `${where} works as far as it could be tried: ${who} accepts connections`;
};

/** The same for a message that names no endpoint. */
export const answerWithoutEndpoint = (
  verdict: Diagnosis['verdict'],
  [first]: readonly Cause[],
  symptom: Symptom,
): string =>
  verdict === 'explained' && first !== undefined
    ? first.title
    : `the message tells that ${classWords[symptom.class]}, and it names no endpoint to look at`;
