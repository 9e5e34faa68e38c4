import { isKnown } from '../../model/known.ts';
import { type JudgeStage, stage } from './stage.ts';

/** What the packet filter does with a client's packets to the endpoint. */
export const firewallStage: JudgeStage = ({ network, attempts, answering }) => {
  if (answering.length === 0 && attempts.every(({ outcome }) => outcome === 'refused')) {
    return stage('firewall', 'not-applicable', 'nobody listens: nothing had to be kept out');
  }
  const firewall = isKnown(network) ? network.firewall : network;
  if (!isKnown(firewall)) {
    return stage('firewall', 'unknown', `could not check: ${firewall.why ?? firewall.unknown}`);
  }
  return stage('firewall', 'pass', `${firewall.chains.length} chains were read`);
};
