import { isKnown } from '../../model/known.ts';
import type { ApplicationAnswer } from '../facts.ts';
import { refusalIn } from '../host-refusals.ts';
import { type JudgeStage, stage } from './stage.ts';

/** What the program behind HTTP answers. */
export const applicationStage: JudgeStage = (facts) => {
  const { application, path = '/', notReady = null } = facts;
  if (application === null) {
    return notReady === null
      ? stage('application', 'not-applicable', 'the application was not asked')
      : stage('application', 'fail', notReady);
  }
  const { value, durationMs } = application;
  if (!isKnown(value)) {
    const { unanswered } = application;
    // Within TLS a client agrees on a version that the server speaks.
    const isFailure = unanswered !== undefined && unanswered !== 'not-offered';
    const why = `GET ${path}: ${value.why ?? 'no answer'}`;
    return stage('application', isFailure ? 'fail' : 'unknown', why, { durationMs });
  }
  const result = isRefusal(value) ? 'fail' : 'pass';
  const server = value.headers['server'];
  return stage('application', result, `GET ${value.url} answers ${value.status}`, {
    evidence: server === undefined ? [] : [`server: ${server}`],
    durationMs,
  });
};

/**
 * Whether the server itself says that it, or who is behind it, can't serve; no page is no failure.
 * Some refuse a host with status 200.
 */
const isRefusal = ({ status, body }: ApplicationAnswer): boolean =>
  status >= 500 ||
  status === 400 ||
  status === 403 ||
  refusalIn({ status, body }, { program: null, dependencies: [] }) !== null;
