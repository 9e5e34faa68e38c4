import { describe, expect, it } from 'vitest';
import { moreSpecificListener } from '../../../src/diagnose/checks/connect/more-specific-listener.ts';
import { proxyInFront } from '../../../src/diagnose/checks/connect/proxy-in-front.ts';
import { reuseportStranger } from '../../../src/diagnose/checks/connect/reuseport-stranger.ts';
import { splitByFamily } from '../../../src/diagnose/checks/connect/split-by-family.ts';
import type { InetSocket } from '../../../src/model/socket.ts';
import { endpointFacts, type Told } from '../../support/diagnosis-facts.ts';
import { answered, foundBy, outcome, told as toldBy } from './connect-outcome.ts';
import { connection, container, listening, projectIn, running } from './connect-scene.ts';

const projects = {
  '/srv/shop': projectIn('/srv/shop', 'shop'),
  '/srv/blog': projectIn('/srv/blog', 'blog'),
};

/** Two sockets of two processes, each with its command and folder. */
const two = (
  [one, other]: readonly [InetSocket, InetSocket],
  [first, second]: readonly [readonly string[], readonly string[]] = [['/bin/a'], ['/bin/b']],
  folders: readonly [string, string] = ['/srv/shop', '/srv/blog'],
): Told => ({
  sockets: [one, other],
  holders: { [one.inode]: [101], [other.inode]: [102] },
  processes: [running(101, first, folders[0]), running(102, second, folders[1])],
  snapshot: { projects },
});

const wild = (inode: number, facts = {}) => listening(inode, '0.0.0.0', 3000, facts);
const loop = (inode: number, facts = {}) => listening(inode, '127.0.0.1', 3000, facts);
const six = (inode: number, facts = {}) => listening(inode, '::1', 3000, facts);

describe('more-specific-listener', () => {
  it('finds who answers in the place of the one on every address', () => {
    const finding = foundBy(
      moreSpecificListener,
      endpointFacts('127.0.0.1:3000', two([wild(10), loop(11)])),
    );
    expect(finding.title).toBe(
      'b (pid 102, project blog) answers on 127.0.0.1:3000, not a (pid 101, project shop) on 0.0.0.0:3000',
    );
    expect(finding.actions.map(({ command }) => command)).toEqual([
      'homeport explain pid:102',
      'homeport explain pid:101',
      null,
    ]);
  });

  it('looks at each address that the client tries', () => {
    const sockets = two([listening(10, '::', 3000), six(11)]);
    expect(outcome(moreSpecificListener, endpointFacts('localhost:3000', sockets)).result).toBe(
      'fail',
    );
    expect(outcome(moreSpecificListener, endpointFacts('127.0.0.1:3000', sockets)).result).toBe(
      'pass',
    );
  });

  it.each([
    [
      'one program on both',
      two([wild(10), loop(11)], [['/bin/a'], ['/bin/a']], ['/srv/shop', '/srv/shop']),
    ],
    ['one alone', two([wild(10), listening(11, '127.0.0.1', 3001)])],
    ['one that another address has', two([wild(10), listening(11, '127.0.0.2', 3000)])],
    ['one of another transport', two([wild(10), loop(11, { transport: 'udp', state: 'close' })])],
    ['one of another namespace', two([wild(10), loop(11, { namespace: 'net:[9]' })])],
  ])('does not blame %s', (_, sockets) => {
    const facts = endpointFacts('127.0.0.1:3000', sockets);
    expect(outcome(moreSpecificListener, facts).result).toBe('pass');
  });

  it('does not guess who has what nobody may see', () => {
    const hidden = { ...two([wild(10), loop(11)]), holders: {} };
    const facts = endpointFacts('127.0.0.1:3000', hidden);
    expect(outcome(moreSpecificListener, facts).result).toBe('unknown');
    const users = two([wild(10, { uid: 0 }), loop(11)]);
    const told = endpointFacts('127.0.0.1:3000', { ...users, holders: {} });
    expect(outcome(moreSpecificListener, told).result).toBe('fail');
    expect(outcome(moreSpecificListener, endpointFacts('127.0.0.1:3000')).result).toBe(
      'not-applicable',
    );
  });
});

describe('split-by-family', () => {
  it('finds two programs behind one name', () => {
    const finding = foundBy(
      splitByFamily,
      endpointFacts('localhost:3000', two([loop(10), six(11)])),
    );
    expect(finding.title).toBe(
      'two programs share localhost: b (pid 102, project blog) answers on [::1]:3000, a (pid 101, project shop) on 127.0.0.1:3000',
    );
    expect(finding.evidence.at(-1)).toContain('clients try ::1, then 127.0.0.1');
  });

  it('does not guess who has what nobody may see', () => {
    const facts = endpointFacts('localhost:3000', { ...two([loop(10), six(11)]), holders: {} });
    expect(outcome(splitByFamily, facts).result).toBe('unknown');
  });

  it.each([
    [
      'one program on both',
      'localhost:3000',
      two([loop(10), six(11)], [['/bin/a'], ['/bin/a']], ['/srv/shop', '/srv/shop']),
      'pass',
    ],
    [
      'one dual-stack listener',
      'localhost:3000',
      two([listening(10, '::', 3000), listening(11, '::1', 3001)]),
      'pass',
    ],
    ['one of them alone', '127.0.0.1:3000', two([loop(10), six(11)]), 'not-applicable'],
    [
      'one that answers nothing',
      'localhost:3000',
      two([loop(10), listening(11, '::1', 3001)]),
      'not-applicable',
    ],
  ])('does not blame %s', (_, text, sockets, result) => {
    expect(outcome(splitByFamily, endpointFacts(text, sockets)).result).toBe(result);
  });
});

describe('reuseport-stranger', () => {
  it('finds different programs in one group', () => {
    const finding = foundBy(
      reuseportStranger,
      endpointFacts('127.0.0.1:3000', two([loop(10), loop(11)])),
    );
    expect(finding.title).toBe(
      'a (pid 101) and b (pid 102) share 127.0.0.1:3000: about one connection in 2 goes to each socket',
    );
    expect(finding.evidence.slice(0, 2)).toEqual([
      'socket 10: a (pid 101) in /srv/shop',
      'socket 11: b (pid 102) in /srv/blog',
    ]);
    expect(finding.actions).toHaveLength(2);
  });

  it('names every process of each, as all of them have to let go', () => {
    const pair = two([loop(10), loop(11)]);
    const workers = [running(103, ['/bin/a'], '/srv/shop'), running(104, ['/bin/b'], '/srv/blog')];
    const { title, evidence, actions } = foundBy(
      reuseportStranger,
      endpointFacts('127.0.0.1:3000', {
        ...pair,
        sockets: [...(pair.sockets ?? []), loop(12)],
        holders: { 10: [101], 11: [102, 104], 12: [103] },
        processes: [...(pair.processes ?? []), ...workers],
      }),
    );
    expect(title).toContain('a (pid 101, 103) and b (pid 102, 104) share 127.0.0.1:3000');
    expect(evidence).toContain('socket 11: b (pid 102) in /srv/blog; pid 104 holds it too');
    expect(actions.map(({ label }) => label)).toEqual([
      'see what a (pid 101) is',
      'see what b (pid 102, 104) is',
    ]);
  });

  it('finds one program of different projects', () => {
    const same = two([loop(10), loop(11)], [['/bin/a'], ['/bin/a']]);
    expect(outcome(reuseportStranger, endpointFacts('127.0.0.1:3000', same)).result).toBe('fail');
  });

  it.each([
    [
      'the workers of one server',
      two([loop(10), loop(11)], [['/bin/a'], ['/bin/a']], ['/srv/shop', '/srv/shop']),
      'pass',
    ],
    ['two ports', two([loop(10), listening(11, '127.0.0.1', 3001)]), 'not-applicable'],
    [
      'UDP, where many share a port on purpose',
      two([
        loop(10, { transport: 'udp', state: 'close' }),
        loop(11, { transport: 'udp', state: 'close' }),
      ]),
      'not-applicable',
    ],
    [
      'members that may not be seen',
      { ...two([loop(10), loop(11)]), holders: { 10: [101] } },
      'unknown',
    ],
  ])('does not blame %s', (_, sockets, result) => {
    expect(outcome(reuseportStranger, endpointFacts('127.0.0.1:3000', sockets)).result).toBe(
      result,
    );
  });
});

describe('proxy-in-front', () => {
  const reset = toldBy('connection-reset');
  const one = (argv: readonly string[], more: readonly InetSocket[] = []): Told => ({
    sockets: [loop(10), ...more],
    holders: { 10: [101], 12: [101], 13: [102] },
    processes: [running(101, argv, '/'), running(102, ['/bin/api'], '/srv/shop')],
    facts: reset,
  });
  const dockerProxy = [
    '/usr/bin/docker-proxy',
    '-container-ip',
    '172.18.0.2',
    '-container-port',
    '80',
  ];

  it('finds a forwarder, and the container behind it', () => {
    const published = [
      { transport: 'tcp', hostAddress: '127.0.0.1', hostPort: 3000, containerPort: 80 },
    ] as const;
    const finding = foundBy(
      proxyInFront,
      endpointFacts('127.0.0.1:3000', {
        ...one(dockerProxy),
        snapshot: { containers: [container({ published })] },
      }),
    );
    expect(finding.title).toBe(
      'docker-proxy to 172.18.0.2:80 (pid 101) on 127.0.0.1:3000 passes connections on: the server behind it has to answer',
    );
    expect(finding.evidence).toEqual(['port 80 of the container shop-db-1 is behind it']);
  });

  it('sees the connection to the server behind it', () => {
    const near = { address: '127.0.0.1', port: 50_000 };
    const far = { address: '127.0.0.1', port: 8080 };
    const sockets = [
      listening(14, '127.0.0.1', 8080),
      connection('established', near, far, { inode: 12 }),
      connection('established', far, near, { inode: 13 }),
    ];
    const told = one(['/usr/sbin/nginx', '-g', 'daemon off;'], sockets);
    const { evidence } = foundBy(proxyInFront, endpointFacts('127.0.0.1:3000', told));
    expect(evidence).toEqual(['it is connected to api on 127.0.0.1:8080 (established)']);
  });

  it("takes a web server for a gateway by a gateway's status", () => {
    const nginx = one(['/usr/sbin/nginx', '-g', 'daemon off;']);
    expect(outcome(proxyInFront, endpointFacts('127.0.0.1:3000', nginx)).result).toBe('pass');
    const bad = { ...nginx, facts: { ...toldBy('proxy-error'), ...answered(502, '') } };
    const { title } = foundBy(proxyInFront, endpointFacts('127.0.0.1:3000', bad));
    expect(title).toMatch(/the server behind it gives no answer \(status 502\)$/);
  });

  it.each([
    ['a forwarder that works', { ...one(dockerProxy), facts: toldBy('none') }, 'pass'],
    ['another program', one(['/srv/shop/server']), 'pass'],
    ['nobody', { facts: reset }, 'not-applicable'],
  ])('does not blame %s', (_, told, result) => {
    expect(outcome(proxyInFront, endpointFacts('127.0.0.1:3000', told)).result).toBe(result);
  });
});
