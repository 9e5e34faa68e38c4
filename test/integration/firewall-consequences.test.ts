import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { consequenceOf } from '../../src/diagnose/firewall/consequences.ts';
import type { Denial } from '../../src/diagnose/firewall/judge-trip.ts';
import type { FailureClass } from '../../src/model/failure.ts';
import type { Family } from '../../src/model/socket.ts';
import { canFilter } from '../support/firewall-apart.ts';
import { nftChain } from '../support/firewall-rules.ts';

const answers = [
  'tcp reset',
  'icmpx port-unreachable',
  'icmpx no-route',
  'icmpx host-unreachable',
  'icmpx admin-prohibited',
  'icmp net-unreachable',
  'icmp net-prohibited',
  'icmp host-prohibited',
  'icmpv6 addr-unreachable',
  'icmpv6 policy-fail',
  'icmpv6 reject-route',
] as const;

type Tried = {
  readonly denial: Pick<Denial, 'hook' | 'verdict' | 'with' | 'leg'>;
  readonly rule: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
};

/** Each verdict on a port of its own, so that all can be met at once. */
const tried: readonly Tried[] = [
  ...(['input', 'output', 'prerouting', 'postrouting'] as const).map((hook) => ({
    denial: { hook, verdict: 'drop', with: null, leg: 'request' } as const,
    rule: 'tcp dport PORT drop',
    protocol: 'tcp' as const,
  })),
  ...(['input', 'output'] as const).flatMap((hook) => [
    ...answers.map((answer) => ({
      denial: { hook, verdict: 'reject', with: answer, leg: 'request' } as const,
      rule: `tcp dport PORT reject with ${answer}`,
      protocol: 'tcp' as const,
    })),
    {
      denial: { hook, verdict: 'drop', with: null, leg: 'reply' } as const,
      rule: 'tcp sport PORT drop',
      protocol: 'tcp' as const,
    },
    {
      denial: { hook, verdict: 'drop', with: null, leg: 'request' } as const,
      rule: 'udp dport PORT drop',
      protocol: 'udp' as const,
    },
    {
      denial: { hook, verdict: 'reject', with: 'icmpx port-unreachable', leg: 'request' } as const,
      rule: 'udp dport PORT reject with icmpx port-unreachable',
      protocol: 'udp' as const,
    },
  ]),
  {
    denial: { hook: 'input', verdict: 'reject', with: 'tcp reset', leg: 'data' } as const,
    rule: 'tcp dport PORT ct state established reject with tcp reset',
    protocol: 'tcp' as const,
  },
].map((one, at) => ({
  ...one,
  port: 20_000 + at,
  rule: one.rule.replace('PORT', `${20_000 + at}`),
}));

const hooks = ['input', 'output', 'prerouting', 'postrouting'] as const;

const ruleset = hooks
  .map((hook) => {
    const rules = tried.filter(({ denial }) => denial.hook === hook).map(({ rule }) => rule);
    return `chain ${hook} { type filter hook ${hook} priority 0; ${rules.map((rule) => `\n${rule}`).join('')}\n}`;
  })
  .join('\n');

// One second and a half: ICMPv6 errors come after the first SYN's second try.
const client = `
import errno, json, socket, sys, threading
tried = json.load(sys.stdin)
met = {}
def serve(server):
    while True:
        server.accept()
def ask(family, address, port, protocol):
    kind = socket.SOCK_STREAM if protocol == 'tcp' else socket.SOCK_DGRAM
    with socket.socket(family, kind) as client:
        client.settimeout(1.8)
        try:
            client.connect((address, port))
            client.send(b'x')
            client.recv(1)
            code = 'answered'
        except TimeoutError:
            code = 'ETIMEDOUT'
        except OSError as error:
            code = errno.errorcode[error.errno]
        met[f'{port} {address}'] = code
places = [(socket.AF_INET, '127.0.0.1'), (socket.AF_INET6, '::1')]
for one in tried:
    for place in places:
        if one['protocol'] == 'tcp':
            server = socket.socket(place[0]); server.bind((place[1], one['port'])); server.listen(8)
            threading.Thread(target=serve, args=(server,), daemon=True).start()
asking = [threading.Thread(target=ask, args=(*place, one['port'], one['protocol'])) for one in tried for place in places]
for thread in asking: thread.start()
for thread in asking: thread.join()
print(json.dumps(met))`;

/** What Node's clients and our own attempts make of an errno. */
const classes: Readonly<Record<string, FailureClass>> = {
  ETIMEDOUT: 'timeout',
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EACCES: 'permission-denied',
  EPERM: 'permission-denied',
};

/** A rule with an answer of one family does not stop the other. */
const isFor = (family: Family, { denial }: Tried): boolean =>
  !(denial.with?.startsWith(family === 'ipv4' ? 'icmpv6' : 'icmp ') ?? false);

describe.skipIf(!canFilter)('what Linux tells a client (needs root, nftables and iptables)', () => {
  it('is what is said of each verdict, at each hook, in both families', () => {
    const script = [
      'ip link set lo up',
      `nft -f - <<'END'\ntable inet t {\n${ruleset}\n}\nEND`,
      'exec python3 -c "$CLIENT"',
    ];
    const printed = execFileSync('unshare', ['-n', 'sh', '-ec', script.join('\n')], {
      encoding: 'utf8',
      timeout: 25_000,
      input: JSON.stringify(tried),
      env: { PATH: process.env['PATH'], CLIENT: client },
    });
    const met = JSON.parse(printed) as Readonly<Record<string, string>>;
    const asked = tried.flatMap((one) =>
      (['ipv4', 'ipv6'] as const)
        .filter((family) => isFor(family, one))
        .map((family) => ({ ...one, family })),
    );
    const wrong = asked.flatMap(({ port, family, protocol, rule, denial }) => {
      const code = met[`${port} ${family === 'ipv4' ? '127.0.0.1' : '::1'}`] ?? 'nothing';
      const place = { chain: nftChain([]), rule: null };
      const { explains } = consequenceOf({ ...denial, place }, { family, protocol });
      const failure = classes[code];
      return failure !== undefined && explains.includes(failure)
        ? []
        : [`${denial.hook} ${rule} (${family}): ${code}, said ${explains.join(', ')}`];
    });
    expect(asked.length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  });
});
