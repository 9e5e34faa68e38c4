import type { Cause, Diagnosis, Symptom } from '../model/diagnosis.ts';
import { knownOr } from '../model/known.ts';
import { targetText } from '../model/target-text.ts';
import { answeringListeners } from './answering.ts';
import { describeListener } from './describe-listener.ts';
import { classWords } from './class-words.ts';
import type { EndpointFacts } from './facts.ts';
import { type Redirected, redirectedTo } from './redirected.ts';

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
  const redirected = redirectedTo(facts);
  const by = redirected === null ? '' : ` by way of ${redirected.to}`;
  const served = who ?? servedBy(redirected);
  return value.status === 'identified'
    ? `${where} works${by}: ${served} answers in ${value.name}${pageText(facts)}`
    : `${where} works as far as it could be tried${by}: ${served} accepts connections`;
};

const servedBy = (redirected: Redirected | null): string =>
  redirected === null || redirected.listener === null
    ? 'it'
    : describeListener(redirected.listener);

/** That a page is not there, or is not for everybody, is an answer; one that took long is, too. */
const pageText = ({ application, path }: EndpointFacts): string => {
  const page = application === null ? null : knownOr(application.value, null);
  if (application === null || page === null) return '';
  const seconds = application.durationMs / 1_000;
  const late = seconds < 1 ? '' : ` after ${seconds.toFixed(1)} s`;
  if (page.status < 400 && path === undefined) return late;
  return `, and GET ${path ?? '/'} with ${page.status}${late}`;
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
