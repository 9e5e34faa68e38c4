import { describe, expect, it } from 'vitest';
import { firewallBlocks } from '../../../src/diagnose/checks/connect/firewall-blocks.ts';
import { firewallRedirects } from '../../../src/diagnose/checks/connect/firewall-redirects.ts';
import { judgeChecks } from '../../../src/diagnose/judge-checks.ts';
import { firewallStage } from '../../../src/diagnose/stages/firewall.ts';
import type { Firewall, FirewallRule } from '../../../src/model/firewall.ts';
import type { FailureClass } from '../../../src/model/failure.ts';
import { type Known, unknown } from '../../../src/model/known.ts';
import { endpointFacts, type Told } from '../../support/diagnosis-facts.ts';
import { iptables, nftChain } from '../../support/firewall-rules.ts';
import { socket } from '../../support/scene.ts';
import { foundBy, outcome } from './connect-outcome.ts';

const server = socket(10, { local: { address: '127.0.0.1', port: 8080 }, uid: 33 });

const seen = (firewall: Known<Firewall>, told: Told = {}, target = '127.0.0.1:8080') =>
  endpointFacts(target, { sockets: [server], network: { firewall }, ...told });

const filter = (...lines: readonly string[]): Firewall => iptables({ filter: lines });

const nft = (...rules: readonly Partial<FirewallRule>[]): Firewall => ({
  chains: [nftChain(rules)],
  notes: [],
});

const dropPort: Partial<FirewallRule> = {
  text: 'tcp dport 8080 drop',
  conditions: [{ negated: false, kind: 'destination-port', ports: [{ first: 8080, last: 8080 }] }],
  action: { kind: 'drop' },
  handle: 7,
};

const met = (outcomeOf: 'connected' | 'refused' | 'timed-out', address = '127.0.0.1') => ({
  address,
  port: 8080,
  outcome: outcomeOf,
  code: null,
  durationMs: 1,
});

const explained = (firewall: Firewall, told: Told = {}, target?: string): readonly FailureClass[] =>
  judgeChecks([firewallBlocks], seen(firewall, told, target)).findings.flatMap(
    ({ explains }) => explains,
  );

describe('firewall-blocks', () => {
  it('names the rule of nftables, where it stands, and the commands', () => {
    expect(foundBy(firewallBlocks, seen(nft(dropPort)))).toEqual({
      id: 'firewall-blocks',
      severity: 'warning',
      title: 'the nftables rule “tcp dport 8080 drop” drops connections to 127.0.0.1:8080',
      evidence: [
        'it stands in chain i of table inet t (hook input, handle 7)',
        'a client gets no answer and waits until it gives up (ETIMEDOUT)',
      ],
      benignCauses: ['somebody closed this port, or all but a few, on purpose'],
      actions: [
        {
          label: 'look at the chain',
          command: 'sudo nft -a list chain inet t i',
          needsRoot: true,
        },
        {
          label: 'let tcp port 8080 over loopback pass before it',
          command: 'sudo nft insert rule inet t i handle 7 iifname lo tcp dport 8080 accept',
          needsRoot: true,
          changes: 'one rule more in i, until the firewall is loaded anew',
        },
        {
          label: 'take that rule out',
          command: 'sudo nft delete rule inet t i handle 7',
          needsRoot: true,
          changes: 'what it stopped gets through, for everybody it was for',
        },
      ],
    });
  });

  it('names the rule of iptables, with its answer and its user', () => {
    const rule =
      '-A OUTPUT -p tcp -m tcp --dport 8080 -m owner --uid-owner 1000 -m comment --comment "no shop" -j REJECT --reject-with icmp-port-unreachable';
    const found = foundBy(
      firewallBlocks,
      seen(filter(rule), { snapshot: { users: { 1000: 'ann' } } }),
    );
    expect(found.title).toBe(
      `the iptables rule “${rule}” rejects connections to 127.0.0.1:8080, for user ann (1000)`,
    );
    expect(found.evidence).toContain('it answers with icmp-port-unreachable');
    expect(found.actions.map(({ command }) => command)).toEqual([
      'sudo iptables -t filter -nvL OUTPUT --line-numbers',
      'sudo iptables -t filter -I OUTPUT -o lo -p tcp --dport 8080 -j ACCEPT',
      "sudo iptables -t filter -D OUTPUT -p tcp -m tcp --dport 8080 -m owner --uid-owner 1000 -m comment --comment 'no shop' -j REJECT --reject-with icmp-port-unreachable",
    ]);
  });

  it('opens all of loopback before a policy, and deletes none', () => {
    const found = foundBy(firewallBlocks, seen(filter(':INPUT DROP')));
    expect(found.title).toBe(
      'the iptables policy drop of chain INPUT drops connections to 127.0.0.1:8080',
    );
    expect(found.actions.map(({ command }) => command)).toEqual([
      'sudo iptables -t filter -nvL INPUT --line-numbers',
      'sudo iptables -t filter -I INPUT -i lo -j ACCEPT',
    ]);
  });

  it('names who wrote the rule, and asks that program', () => {
    const rules = ['-A INPUT -j ufw-user-input', '-A ufw-user-input -p tcp --dport 8080 -j DROP'];
    const { actions, evidence } = foundBy(firewallBlocks, seen(filter(...rules)));
    expect(evidence).toContain('ufw wrote it');
    expect(actions[0]?.command).toBe('sudo ufw status numbered');
  });

  it('tells answers from connections, and what follows on them', () => {
    const replies = '-A INPUT -p tcp --sport 8080 -j DROP';
    expect(foundBy(firewallBlocks, seen(filter(replies))).title).toContain(
      'drops the answers of 127.0.0.1:8080',
    );
    const data =
      '-A INPUT -p tcp --dport 8080 -m state --state ESTABLISHED -j REJECT --reject-with tcp-reset';
    expect(foundBy(firewallBlocks, seen(filter(data))).title).toContain(
      'rejects what follows on connections to 127.0.0.1:8080',
    );
    expect(explained(filter(data))).toContain('connection-reset');
  });

  it('explains what its rule does to a client, and nothing else', () => {
    const drop = '-A INPUT -p tcp --dport 8080 -j DROP';
    expect(explained(filter(drop))).not.toContain('connection-refused');
    expect(explained(filter(drop))).toContain('timeout');
    const reject = '-A INPUT -p tcp --dport 8080 -j REJECT --reject-with tcp-reset';
    expect(explained(filter(reject))).toContain('connection-refused');
    expect(explained(filter(reject))).not.toContain('timeout');
    const forbidden = '-A OUTPUT -p udp --dport 8080 -j DROP';
    expect(explained(filter(forbidden), {}, 'udp://127.0.0.1:8080')).toContain('permission-denied');
  });

  it('finds each rule once, though it stops several addresses', () => {
    const facts = seen(nft({ action: { kind: 'drop' } }), {}, 'localhost:8080');
    expect(judgeChecks([firewallBlocks], facts).findings).toHaveLength(1);
  });

  it.each([
    ['accepts loopback before its policy drops', [':INPUT DROP', '-A INPUT -i lo -j ACCEPT']],
    ['is about another port', ['-A INPUT -p tcp --dport 8081 -j DROP']],
    ['is for another user', ['-A OUTPUT -m owner --uid-owner 1001 -j DROP']],
    ['is about what comes from outside', ['-A INPUT ! -i lo -p tcp --dport 8080 -j DROP']],
  ])('finds nothing where the firewall %s', (_, lines) => {
    expect(outcome(firewallBlocks, seen(filter(...lines))).result).toBe('pass');
  });

  it('believes a connection that was made rather than its own reading', () => {
    const facts = { attempts: [met('connected')] };
    expect(outcome(firewallBlocks, seen(nft(dropPort), { facts })).result).toBe('pass');
  });

  it('says what it can not judge', () => {
    const limited = '-A INPUT -p tcp --dport 8080 -m limit --limit 5/min -j DROP';
    const { reports } = judgeChecks([firewallBlocks], seen(filter(limited)));
    expect(reports[0]).toMatchObject({
      result: 'unknown',
      why: `the iptables rule “${limited}”, chain INPUT of table filter (hook input), may decide it, and its condition --limit 5/min is not judged`,
    });
  });

  it('says how to have it read, and what could not be', () => {
    const why = (firewall: Known<Firewall>) => {
      const facts = { attempts: [met('timed-out')] };
      return judgeChecks([firewallBlocks], seen(firewall, { facts })).reports[0];
    };
    expect(why(unknown('denied', 'only root may read the rules'))).toMatchObject({
      result: 'unknown',
      why: 'only root may read the rules: sudo homeport doctor',
    });
    expect(why({ chains: [], notes: ['nft is not installed'] })).toMatchObject({
      result: 'unknown',
      why: 'not all rules could be read: nft is not installed',
    });
  });

  it('has no part in it where nobody asked for the rules, or nothing has an address', () => {
    const notAsked = unknown('unsupported', 'it has no part in this');
    const connected = { attempts: [met('connected')] };
    expect(outcome(firewallBlocks, seen(notAsked, { facts: connected })).result).toBe(
      'not-applicable',
    );
    const nobody = endpointFacts('127.0.0.1:8080', {
      network: { firewall: notAsked },
      facts: { attempts: [met('refused')] },
    });
    expect(outcome(firewallBlocks, nobody).result).toBe('not-applicable');
    expect(outcome(firewallBlocks, seen(notAsked, { facts: { addresses: [] } })).result).toBe(
      'not-applicable',
    );
    const timedOut = { attempts: [met('timed-out')] };
    expect(outcome(firewallBlocks, seen(notAsked, { facts: timedOut })).result).toBe('unknown');
  });

  it('takes a rule for one user for the reason of a message that root asks about', () => {
    const rule = '-A OUTPUT -m owner --uid-owner 1000 -j DROP';
    const told: Told = {
      asker: { uid: 0 },
      facts: { symptom: { class: 'timeout', role: 'client', from: 'message' } },
    };
    const found = foundBy(firewallBlocks, seen(filter(rule), told));
    expect(found.title).toContain('for user 1000');
    expect(found.evidence).toContain(
      'root reads the rules: whose connection failed the message does not tell',
    );
    const own: Told = {
      asker: { uid: 0 },
      facts: { symptom: { class: 'timeout', role: 'client', from: 'attempt' } },
    };
    expect(outcome(firewallBlocks, seen(filter(rule), own)).result).toBe('pass');
  });
});

describe('firewall-redirects', () => {
  const redirect = '-A OUTPUT -p tcp -m tcp --dport 8080 -j REDIRECT --to-ports 4000';
  const other = socket(11, { local: { address: '127.0.0.1', port: 4000 } });
  const explains = (told: Told): readonly FailureClass[] =>
    judgeChecks([firewallRedirects], seen(iptables({ nat: [redirect] }), told)).findings.flatMap(
      (one) => one.explains,
    );

  it('names who answers instead, and who is not reached', () => {
    const found = foundBy(
      firewallRedirects,
      seen(iptables({ nat: [redirect] }), { sockets: [server, other] }),
    );
    expect(found).toMatchObject({
      severity: 'warning',
      title: `the iptables rule “${redirect}” sends connections to 127.0.0.1:8080 on to port 4000 of this machine`,
    });
    expect(found.evidence).toEqual([
      'it stands in chain OUTPUT of table nat (hook output)',
      expect.stringMatching(/ on 127\.0\.0\.1:4000 answers instead$/),
      expect.stringMatching(/ on 127\.0\.0\.1:8080 listens, and is not reached$/),
    ]);
    expect(found.actions.map(({ command }) => command)).toEqual([
      'sudo iptables -t nat -nvL OUTPUT --line-numbers',
      'sudo iptables -t nat -D OUTPUT -p tcp -m tcp --dport 8080 -j REDIRECT --to-ports 4000',
    ]);
  });

  it('explains a refusal where nobody listens there, a wrong server where one does', () => {
    expect(explains({ sockets: [server] })).toContain('connection-refused');
    expect(explains({ sockets: [server, other] })).not.toContain('connection-refused');
    expect(explains({ sockets: [server, other] })).toContain('wrong-protocol');
  });

  it('explains more where it leads away from this machine', () => {
    const away = iptables({ nat: ['-A OUTPUT -p tcp -j DNAT --to-destination 10.1.2.3:80'] });
    const { findings } = judgeChecks([firewallRedirects], seen(away));
    expect(findings[0]?.finding.title).toContain('on to 10.1.2.3:80');
    expect(findings[0]?.explains).toContain('unreachable');
  });

  it('finds nothing where it is for another port, or for what comes from outside', () => {
    for (const rule of [
      '-A OUTPUT -p tcp --dport 8081 -j REDIRECT --to-ports 4000',
      '-A PREROUTING -p tcp --dport 8080 -j REDIRECT --to-ports 4000',
    ]) {
      expect(outcome(firewallRedirects, seen(iptables({ nat: [rule] }))).result).toBe('pass');
    }
  });
});

describe('the stage of the firewall', () => {
  const shown = (firewall: Known<Firewall>) => {
    const { result, summary } = firewallStage(seen(firewall));
    return [result, summary];
  };

  it('says the same as the checks', () => {
    expect(shown(nft(dropPort))).toEqual([
      'fail',
      'the nftables rule “tcp dport 8080 drop” drops 127.0.0.1:8080',
    ]);
    expect(shown(nft())).toEqual(['pass', 'the firewall (no rules) lets it through']);
    expect(shown(filter('-A INPUT -i lo -j ACCEPT'))[1]).toBe(
      'the firewall (1 rule) lets it through',
    );
    expect(shown(filter('-A INPUT -m mark --mark 1 -j DROP'))[0]).toBe('unknown');
    expect(shown({ chains: [], notes: ['nft is not installed'] })[0]).toBe('unknown');
    expect(shown(unknown('denied', 'only root may'))).toEqual([
      'unknown',
      'could not check: only root may',
    ]);
    const redirected = iptables({ nat: ['-A OUTPUT -p tcp -j REDIRECT --to-ports 4000'] });
    expect(shown(redirected)[1]).toContain('sends it on to port 4000 of this machine');
  });
});
