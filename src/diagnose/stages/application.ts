import { isKnown } from '../../model/known.ts';
import { type JudgeStage, stage } from './stage.ts';

/** What the program behind HTTP answers. */
export const applicationStage: JudgeStage = ({ application }) => {
  if (application === null) {
    return stage('application', 'not-applicable', 'the application was not asked');
  }
  const { value, durationMs } = application;
  if (!isKnown(value)) {
    return stage('application', 'unknown', value.why ?? 'no answer to GET /', { durationMs });
  }
  const result = isRefusal(value.status) ? 'fail' : 'pass';
  const server = value.headers['server'];
  return stage('application', result, `GET ${value.url} answers ${value.status}`, {
    evidence: server === undefined ? [] : [`server: ${server}`],
    durationMs,
  });
};

/** Whether the server itself says that it, or who is behind it, can't serve; no page is no failure. */
const isRefusal = (status: number): boolean => status >= 500 || status === 400 || status === 403;
