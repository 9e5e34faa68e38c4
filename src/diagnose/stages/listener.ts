import type { Stage } from '../../model/diagnosis.ts';
import { isKnown } from '../../model/known.ts';
import { endpointText } from '../../model/target-endpoint.ts';
import { targetText } from '../../model/target-text.ts';
import { answeringListeners } from '../answering.ts';
import { describeListenerAt } from '../describe-listener.ts';
import type { EndpointFacts } from '../facts.ts';
import { isOwnAddress } from '../own-address.ts';
import { type Redirected, redirectedTo } from '../redirected.ts';
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
  const { reusing, plain } = bindTrial;
  if (reusing === null && plain !== null) {
    const summary = `${where} can be bound now with SO_REUSEADDR alone: without it ${plain}`;
    return stage('listener', 'unknown', summary, { evidence });
  }
  return reusing === null
    ? stage('listener', 'pass', `${where} can be bound now`, { evidence })
    : stage('listener', 'fail', `binding ${where} fails with ${reusing}`, { evidence });
};

const whoAnswers: JudgeStage = (facts) => {
  const { addresses, target } = facts;
  if (addresses.length === 0) {
    return stage('listener', 'not-applicable', `${targetText(target)} has no address`);
  }
  const [first, ...more] = answeringListeners(facts);
  if (first !== undefined) {
    const evidence = more.map(describeListenerAt);
    return stage('listener', 'pass', describeListenerAt(first), { evidence });
  }
  const evidence = [...facts.answering, ...facts.elsewhere].slice(0, most).map(describeListenerAt);
  const redirected = redirectedTo(facts);
  if (redirected !== null) return elsewhereStage(facts, redirected);
  const where = addresses.map((address) => endpointText(address, target.port)).join(' or ');
  if (!addresses.some((address) => isOwnAddress(address, facts.snapshot.interfaces))) {
    const summary = `what listens on ${where} can not be seen from this machine`;
    return stage('listener', 'unknown', summary, { evidence });
  }
  const summary = `nobody listens on ${where}`;
  return evidence.length === 0
    ? stage('listener', 'fail', summary)
    : stage('listener', 'fail', `${summary}; elsewhere on this port:`, { evidence });
};

/** Nobody listens at the address itself, and nobody need to. */
const elsewhereStage = ({ target }: EndpointFacts, { to, listener }: Redirected): Stage => {
  const who = listener === null ? '' : `: ${describeListenerAt(listener)}`;
  return stage(
    'listener',
    listener === null ? 'unknown' : 'pass',
    `a firewall rule sends connections to port ${target.port} on to ${to}${who}`,
  );
};

const most = 5;
