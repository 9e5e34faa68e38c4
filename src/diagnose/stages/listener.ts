import { isKnown } from '../../model/known.ts';
import { endpointText } from '../../model/target-endpoint.ts';
import { targetText } from '../../model/target-text.ts';
import { describeListenerAt } from '../describe-listener.ts';
import { isBind } from '../symptom.ts';
import { type JudgeStage, stage } from './stage.ts';

/** Who listens there, at which address and family; for a server that would bind, who is in its way. */
export const listenerStage: JudgeStage = (facts) =>
  isBind(facts.symptom) ? inTheWay(facts) : whoAnswers(facts);

const inTheWay: JudgeStage = ({ answering, elsewhere, target, bindTrial }) => {
  const evidence = [...answering, ...elsewhere].slice(0, most).map(describeListenerAt);
  const where = targetText(target);
  if (bindTrial === null || !isKnown(bindTrial)) {
    return answering.length > 0
      ? stage('listener', 'fail', `${where} is taken:`, { evidence })
      : stage('listener', 'unknown', `${where} could not be tried`, { evidence });
  }
  const { reusing } = bindTrial;
  return reusing === null
    ? stage('listener', 'pass', `${where} can be bound now`, { evidence })
    : stage('listener', 'fail', `binding ${where} fails with ${reusing}`, { evidence });
};

const whoAnswers: JudgeStage = ({ answering, elsewhere, target, addresses }) => {
  const evidence = [...answering, ...elsewhere].slice(0, most).map(describeListenerAt);
  const where = addresses.length === 0 ? targetText(target) : listOf(addresses, target.port);
  const [first] = answering;
  if (first !== undefined) {
    return stage('listener', 'pass', describeListenerAt(first), { evidence: evidence.slice(1) });
  }
  const summary = `nobody listens on ${where}`;
  return elsewhere.length === 0
    ? stage('listener', 'fail', summary)
    : stage('listener', 'fail', `${summary}; elsewhere on this port:`, { evidence });
};

const most = 5;

const listOf = (addresses: readonly string[], port: number): string =>
  addresses.map((address) => endpointText(address, port)).join(' or ');
