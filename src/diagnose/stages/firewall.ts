import { isKnown } from '../../model/known.ts';
import { isBind } from '../symptom.ts';
import { type JudgeStage, stage } from './stage.ts';

/** What the packet filter does with a client's packets to the endpoint. */
export const firewallStage: JudgeStage = ({ network, attempts, answering, symptom }) => {
  if (isBind(symptom)) return stage('firewall', 'not-applicable', 'binding passes no firewall');
  if (attempts.length > 0 && attempts.every(({ outcome }) => outcome === 'connected')) {
    return stage('firewall', 'pass', 'nothing is kept out: a connection was made');
  }
  if (answering.length === 0 && attempts.every(({ outcome }) => outcome === 'refused')) {
    return stage('firewall', 'not-applicable', 'nobody listens: nothing had to be kept out');
  }
  const firewall = isKnown(network) ? network.firewall : network;
  if (!isKnown(firewall)) {
    return stage('firewall', 'unknown', `could not check: ${firewall.why ?? firewall.unknown}`);
  }
  return stage('firewall', 'pass', `${firewall.chains.length} chains were read`);
};
