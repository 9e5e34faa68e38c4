import { describe, expect, it } from 'vitest';
import type { Cause, Diagnosis } from '../../src/model/diagnosis.ts';
import { doctorApart, loopbackOn } from '../support/doctor-apart.ts';
import { canFilter } from '../support/firewall-apart.ts';
import { hasPython } from '../support/start-python.ts';
import { whyApart } from '../support/why-apart.ts';
import { causeIds, causeOf } from '../support/why-facts.ts';

/** Answers HTTP on both loopback addresses, port 8080; its sockets are those of user 33. */
const server = `
import os, socket, threading
os.seteuid(33)
listening = []
for family, address in ((socket.AF_INET, '127.0.0.1'), (socket.AF_INET6, '::1')):
    one = socket.socket(family); one.bind((address, 8080)); one.listen(64)
    listening.append(one)
def serve(one):
    while True:
        client, _ = one.accept()
        try:
            client.recv(4096)
            client.sendall(b'HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\nconnection: close\\r\\n\\r\\nok')
        except OSError:
            pass
        client.close()
threading.Thread(target=serve, args=(listening[1],), daemon=True).start()
print('up', flush=True)
serve(listening[0])`;

const nft = (hook: string, ...rules: readonly string[]): readonly string[] => [
  `nft 'add table inet t; add chain inet t ${hook} { type filter hook ${hook} priority 0; }'`,
  ...rules.map((rule) => `nft 'add rule inet t ${hook} ${rule}'`),
];

const ask = (
  commands: readonly string[],
  input: Parameters<typeof whyApart>[0] = { target: 'http://127.0.0.1:8080' },
): Diagnosis => whyApart(input, { commands, python: [server] });

/** What the firewall's own check found, which has to be the first reason that is shown. */
const blocked = (diagnosis: Diagnosis): Cause => {
  const cause = causeOf(diagnosis, 'firewall-blocks');
  expect([diagnosis.verdict, causeIds(diagnosis)[0]]).toEqual(['explained', 'firewall-blocks']);
  expect(diagnosis.stages.find(({ id }) => id === 'firewall')?.result).toBe('fail');
  return cause;
};

describe.skipIf(!canFilter || !hasPython)(
  'why a firewall stops a connection (needs root, nftables, iptables and python3)',
  () => {
    it.each([
      ['a drop', nft('input', 'tcp dport 8080 drop'), 'timeout', 'tcp dport 8080 drop'],
      [
        'a reset',
        nft('input', 'tcp dport 8080 reject with tcp reset'),
        'connection-refused',
        'tcp dport 8080 reject with tcp reset',
      ],
      [
        'an ICMP answer',
        nft('output', 'tcp dport 8080 reject with icmpx admin-prohibited'),
        'unreachable',
        'tcp dport 8080 reject with icmpx admin-prohibited',
      ],
      [
        "a drop of the asking user's packets",
        nft('output', 'meta skuid 0 oifname "lo" drop'),
        'timeout',
        'meta skuid 0 oifname "lo" drop',
      ],
      [
        "a drop of the server's answers",
        nft('output', 'meta skuid 33 drop'),
        'timeout',
        'meta skuid 33 drop',
      ],
      [
        "iptables' reject",
        ['iptables-nft -A INPUT -p tcp --dport 8080 -j REJECT'],
        'connection-refused',
        '-A INPUT -p tcp -m tcp --dport 8080 -j REJECT --reject-with icmp-port-unreachable',
      ],
      [
        "iptables' owner match",
        ['iptables-nft -A OUTPUT -m owner --uid-owner 0 -j DROP'],
        'timeout',
        '-A OUTPUT -m owner --uid-owner 0 -j DROP',
      ],
      [
        'a legacy table',
        ['iptables-legacy -A INPUT -p tcp --dport 8080 -j DROP'],
        'timeout',
        '-A INPUT -p tcp -m tcp --dport 8080 -j DROP',
      ],
    ])('finds %s', (_, commands, failure, rule) => {
      const diagnosis = ask(commands);
      expect(diagnosis.symptom.class).toBe(failure);
      expect(blocked(diagnosis).title).toContain(`rule “${rule}”`);
    });

    it('finds what stops IPv6 alone, though its ICMP comes late', () => {
      const rules = ['ip6tables-nft -A INPUT -p tcp --dport 8080 -j REJECT'];
      const cause = blocked(ask(rules, { target: 'http://[::1]:8080' }));
      expect(cause.evidence).toContain('it answers with icmp6-port-unreachable');
      expect(causeIds(ask(rules))).not.toContain('firewall-blocks');
    });

    it('finds a policy, and that lo is accepted before it', () => {
      const policy = "nft 'chain inet t input { policy drop; }'";
      const dropping = [...nft('input', 'tcp dport 22 accept'), policy];
      expect(blocked(ask(dropping)).title).toContain('policy drop of chain input');
      const sparing = [...nft('input', 'iifname "lo" accept'), policy];
      expect(ask(sparing)).toMatchObject({ verdict: 'works', causes: expect.any(Array) });
    });

    it.each([
      ['another port', nft('input', 'tcp dport 8081 drop')],
      ['another user', nft('output', 'meta skuid 1000 drop')],
      ['what comes from outside', nft('input', 'iifname != "lo" drop')],
      ['UDP', nft('input', 'udp dport 8080 drop')],
    ])('has nothing against a rule for %s, though it reads the rules', (_, commands) => {
      const away = 'iptables-nft -t nat -A OUTPUT -p tcp --dport 8080 -j REDIRECT --to-ports 4000';
      const diagnosis = ask([...commands, away]);
      expect(diagnosis.checks.find(({ id }) => id === 'firewall-blocks')?.result).toBe('pass');
      expect(causeIds(diagnosis)[0]).toBe('firewall-redirects');
    });

    it.each([
      ['nft’s rule', nft('input', 'tcp dport 8080 reject with tcp reset'), [1, 2]],
      [
        'nft’s policy',
        [...nft('input', 'tcp dport 22 accept'), "nft 'chain inet t input { policy drop; }'"],
        [1],
      ],
      [
        'iptables’ rule',
        [
          `iptables-nft -A OUTPUT -p tcp --dport 8080 -m comment --comment "it's shut" -j REJECT --reject-with tcp-reset`,
        ],
        [1, 2],
      ],
      [
        'a legacy rule',
        ['iptables-legacy -A INPUT -p tcp --dport 8080 -j REJECT --reject-with tcp-reset'],
        [2],
      ],
    ] as const)(
      'is put right by the commands that it gives against %s',
      (_, commands, remedies) => {
        const { actions } = blocked(ask(commands));
        const [look = '', ...others] = actions.map(({ command }) =>
          `${command}`.replace(/^sudo (.*)$/, '$1 >/dev/null'),
        );
        for (const at of remedies) {
          const remedy = others[at - 1] ?? 'false';
          expect([remedy, ask([...commands, look, remedy]).verdict]).toEqual([remedy, 'works']);
        }
      },
    );

    it('finds a rule for another user than root, who asks for the one who sent the message', () => {
      const rule = 'iptables-nft -A OUTPUT -p tcp --dport 8080 -m owner --uid-owner 1000 -j DROP';
      const message = 'Error: connect ETIMEDOUT 127.0.0.1:8080';
      expect(blocked(ask([rule], { message })).title).toContain(
        'drops connections to 127.0.0.1:8080, for user ',
      );
      expect(ask([rule]).verdict).toBe('works');
    });

    it('finds a redirect, and who answers instead', () => {
      const rule =
        "nft 'add table ip n; add chain ip n out { type nat hook output priority -100; }; add rule ip n out tcp dport 3000 redirect to :8080'";
      const cause = causeOf(ask([rule], { target: 'http://127.0.0.1:3000' }), 'firewall-redirects');
      expect(cause.title).toBe(
        'the nftables rule “tcp dport 3000 redirect to :8080” sends connections to 127.0.0.1:3000 on to port 8080 of this machine',
      );
      expect(cause.evidence[1]).toMatch(/on 127\.0\.0\.1:8080 answers instead$/);
    });

    it('finds a redirect to where nobody listens', () => {
      const rule = 'iptables-nft -t nat -A OUTPUT -p tcp --dport 8080 -j REDIRECT --to-ports 4000';
      const diagnosis = ask([rule]);
      expect(diagnosis.symptom.class).toBe('connection-refused');
      expect(causeOf(diagnosis, 'firewall-redirects')).toMatchObject({
        explains: true,
        title: expect.stringContaining('where nobody listens'),
      });
    });

    it('has nothing against a redirect of what comes from outside', () => {
      const diagnosis = ask([
        'iptables-nft -t nat -A PREROUTING -p tcp --dport 8080 -j REDIRECT --to-ports 4000',
      ]);
      expect(diagnosis.verdict).toBe('works');
      expect(causeIds(diagnosis)).not.toContain('firewall-redirects');
    });
  },
);

describe.skipIf(!canFilter || !hasPython)(
  'doctor and a firewall (needs root, nftables, iptables and python3)',
  () => {
    const verdict = (...commands: readonly string[]) =>
      doctorApart({ setUp: [loopbackOn, ...commands].join('\n') })('firewall-passes-loopback');

    it('finds what stops loopback', () => {
      const policy = verdict(
        "nft 'add table inet t; add chain inet t i { type filter hook input priority 0; policy drop; }'",
      );
      expect(policy).toMatchObject({ result: 'fail' });
      expect(policy.titles[0]).toMatch(/\(IPv4 and IPv6\)$/);
      expect(verdict('ip6tables-nft -A OUTPUT -o lo -j REJECT').titles[0]).toMatch(/\(IPv6\)$/);
    });

    it('passes a firewall that spares loopback, or is for one port', () => {
      expect(verdict().result).toBe('pass');
      expect(verdict(...nft('input', 'iifname "lo" accept', 'drop')).result).toBe('pass');
      expect(verdict(...nft('input', 'tcp dport 25 drop')).result).toBe('pass');
    });
  },
);
