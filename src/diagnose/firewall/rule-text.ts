import type { Firewall, FirewallCondition } from '../../model/firewall.ts';
import type { Redirect, TripFate } from './judge-trip.ts';
import type { Place } from './walk.ts';

/** A rule, or a policy, in a few words: `the nftables rule "tcp dport 8080 drop"`. */
export const placeText = ({ chain, rule }: Place): string => {
  const tool = chain.tool === 'nft' ? 'nftables' : chain.command;
  return rule === null
    ? `the ${tool} policy ${chain.policy ?? 'accept'} of chain ${chain.name}`
    : `the ${tool} rule “${rule.text}”`;
};

/** Where a rule stands: `chain i of table inet t (hook input, handle 7)`. */
export const whereText = ({ chain, rule }: Place, hook: string): string => {
  const table = chain.tool === 'nft' ? `${chain.family} ${chain.table}` : chain.table;
  const handle = rule === null || rule.handle === null ? '' : `, handle ${rule.handle}`;
  return `chain ${chain.name} of table ${table} (hook ${hook}${handle})`;
};

/** The user that a rule is for, if it is for one alone: `user shop (uid 1000)`. */
export const userText = (
  { rule }: Place,
  users: Readonly<Record<string, string>>,
): string | null => {
  const condition = rule?.conditions.find((one) => one.kind === 'uid' || one.kind === 'gid');
  if (condition === undefined || (condition.kind !== 'uid' && condition.kind !== 'gid'))
    return null;
  const noun = condition.kind === 'uid' ? 'user' : 'group';
  const ids = condition.ids.map(({ first, last }) => {
    const name = condition.kind === 'uid' && first === last ? users[`${first}`] : undefined;
    const number = first === last ? `${first}` : `${first}–${last}`;
    return name === undefined ? number : `${name} (${number})`;
  });
  return `${condition.negated ? 'anybody but ' : ''}${noun} ${ids.join(', ')}`;
};

/** Why it can't be said what a firewall does: `… hangs on a condition that is not judged: --limit 5/min`. */
export const doubtText = ({ doubt }: Extract<TripFate, { verdict: 'unknown' }>): string => {
  const on = doubt.because === null ? 'its action' : conditionText(doubt.because);
  return `${placeText(doubt.place)}, ${whereText(doubt.place, doubt.hook)}, may decide it, and ${on} is not judged`;
};

const conditionText = (condition: FirewallCondition): string => {
  if (condition.kind === 'other') return `its condition ${condition.text}`;
  return condition.kind === 'uid' || condition.kind === 'gid'
    ? 'who sends the packet'
    : `its ${condition.kind.replace('-', ' ')}`;
};

/** Where a redirected connection goes: `127.0.0.1:4000`, `port 4000 of this machine`. */
export const redirectText = ({ to, address, port }: Redirect): string => {
  if (to === null) return 'this machine';
  return address === null && port !== null ? `port ${port} of this machine` : to;
};

/** Programs that write rules of their own, and would write them again. */
export const managerOf = ({ chain }: Place): { name: string; look: string } | null => {
  if (/^ufw6?-/.test(chain.name)) return { name: 'ufw', look: 'sudo ufw status numbered' };
  if (chain.table === 'firewalld') {
    return { name: 'firewalld', look: 'sudo firewall-cmd --list-all' };
  }
  if (chain.name.startsWith('f2b-') || chain.table.startsWith('f2b-')) {
    return { name: 'fail2ban', look: 'sudo fail2ban-client status' };
  }
  return null;
};

/** How much there is to a firewall: `no rules`, `1 rule`, `12 rules`. */
export const countText = ({ chains }: Firewall): string => {
  const count = chains.reduce((sum, { rules }) => sum + rules.length, 0);
  if (count === 0) return 'no rules';
  return count === 1 ? '1 rule' : `${count} rules`;
};
