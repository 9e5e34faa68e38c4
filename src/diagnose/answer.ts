import type { Cause, Diagnosis, Symptom } from '../model/diagnosis.ts';
import { knownOr } from '../model/known.ts';
import { targetText } from '../model/target-text.ts';
import { answeringListeners } from './answering.ts';
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

const worksText = (where: string, facts: EndpointFacts): string => {
  const [listener] = answeringListeners(facts);
  const who = listener === undefined ? null : describeListener(listener);
  const { value } = facts.protocol;
  if (facts.attempts.length === 0) {
    const why = value.status === 'not-probed' ? `, and was not asked: ${value.why}` : '';
    return who === null
      ? `nothing is wrong with ${where} as far as it was looked at`
      : `nothing speaks against ${where}: ${who} listens${why}`;
  }
  return value.status === 'identified'
    ? `${where} works: ${who ?? 'it'} answers in ${value.name}${errorText(facts)}`
    : `${where} works as far as it could be tried: ${who ?? 'it'} accepts connections`;
};

/** An error of the application's own is none of the way to it. */
const errorText = ({ application }: EndpointFacts): string => {
  const status = application === null ? 0 : (knownOr(application.value, null)?.status ?? 0);
  return status >= 500 ? `, with status ${status}` : '';
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
