import type { Firewall } from '../../model/firewall.ts';
import type { Stage } from '../../model/diagnosis.ts';
import { isKnown, type Unknown } from '../../model/known.ts';
import { endpointText } from '../../model/target-endpoint.ts';
import { consequenceOf } from '../firewall/consequences.ts';
import {
  type AddressFate,
  hasConnected,
  judgeAddresses,
  stoppedTrips,
} from '../firewall/judge-addresses.ts';
import type { EndpointFacts } from '../facts.ts';
import { countText, doubtText, placeText, redirectText, whereText } from '../firewall/rule-text.ts';
import { isBind } from '../symptom.ts';
import { type JudgeStage, stage } from './stage.ts';

/** What the packet filter does with a client's packets to the endpoint. */
export const firewallStage: JudgeStage = (facts) => {
  if (isBind(facts.symptom))
    return stage('firewall', 'not-applicable', 'a bind passes no firewall');
  const firewall = isKnown(facts.network) ? facts.network.firewall : facts.network;
  if (!isKnown(firewall)) return unread(facts, firewall);
  const fates = judgeAddresses(firewall, facts);
  const [stopped] = stoppedTrips(fates, facts);
  if (stopped !== undefined) {
    const { address, denial, trip } = stopped;
    const where = endpointText(address, facts.target.port);
    return stage('firewall', 'fail', `${placeText(denial.place)} ${denial.verdict}s ${where}`, {
      evidence: [whereText(denial.place, denial.hook), consequenceOf(denial, trip).text],
    });
  }
  const doubt = fates.find(
    ({ address, fate }) => isDoubtful(fate) && !hasConnected(address, facts),
  );
  if (doubt?.fate.verdict === 'unknown') {
    return stage('firewall', 'unknown', `could not tell: ${doubtText(doubt.fate)}`);
  }
  const [note] = firewall.notes;
  if (note !== undefined) return stage('firewall', 'unknown', `could not read all of it: ${note}`);
  return stage('firewall', 'pass', passText(fates, firewall));
};

/** The rules are read only where they may matter; what an attempt met tells the rest. */
const unread = ({ attempts, answering }: EndpointFacts, { unknown, why }: Unknown): Stage => {
  if (attempts.length > 0 && attempts.every(({ outcome }) => outcome === 'connected')) {
    return stage('firewall', 'pass', 'a connection was made: nothing keeps it out');
  }
  return answering.length === 0 && attempts.every(({ outcome }) => outcome === 'refused')
    ? stage('firewall', 'not-applicable', 'nobody listens: there is nothing to keep out')
    : stage('firewall', 'unknown', `could not check: ${why ?? unknown}`);
};

const isDoubtful = ({ verdict }: AddressFate['fate']): boolean => verdict === 'unknown';

const passText = (fates: readonly AddressFate[], firewall: Firewall): string => {
  const redirect = fates.map(({ fate }) => fate.redirect).find((one) => one !== null);
  if (redirect !== undefined) {
    return `${placeText(redirect.place)} sends it on to ${redirectText(redirect)}`;
  }
  return `the firewall (${countText(firewall)}) lets it through`;
};
