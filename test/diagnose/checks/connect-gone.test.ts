import { describe, expect, it } from 'vitest';
import { endedLately } from '../../../src/diagnose/checks/connect/ended-lately.ts';
import { movedPort } from '../../../src/diagnose/checks/connect/moved-port.ts';
import { nothingListens } from '../../../src/diagnose/checks/connect/nothing-listens.ts';
import { unknown } from '../../../src/model/known.ts';
import type { SocketState } from '../../../src/model/socket.ts';
import { endpointFacts, type Told } from '../../support/diagnosis-facts.ts';
import { foundBy, outcome } from './connect-outcome.ts';
import {
  connection,
  listening,
  projectIn,
  running,
  server,
  timeWait,
  viteIn,
} from './connect-scene.ts';

const here = (port: number) => ({ address: '127.0.0.1', port });

describe('moved-port', () => {
  const shop = projectIn('/srv/shop', 'shop');
  const other = projectIn('/srv/blog', 'blog');
  const projects = { '/srv/shop': shop, '/srv/blog': other, '/srv/api': null };

  /** Vite of the asker's project on 5174, and whoever has 5173. */
  const moved = (taker: Told = {}, own: Told['facts'] = { askersProject: shop }): Told => ({
    sockets: [listening(20, '127.0.0.1', 5174), ...(taker.sockets ?? [])],
    holders: { 20: [202], ...taker.holders },
    processes: [running(202, viteIn('/srv/shop')), ...(taker.processes ?? [])],
    snapshot: { projects },
    facts: own,
  });
  const blog = (port = 5173): Told => ({
    sockets: [listening(10, '127.0.0.1', port)],
    holders: { 10: [101] },
    processes: [running(101, viteIn('/srv/blog'), '/srv/blog')],
  });

  it('finds that another project had the port, and who', () => {
    const finding = foundBy(movedPort, endpointFacts('127.0.0.1:5173', moved(blog())));
    expect(finding.title).toBe(
      'your shop took 5174, because Vite (pid 101, project blog) has 5173',
    );
    expect(finding.evidence.at(-1)).toBe(
      'Vite (pid 101, project blog) on 127.0.0.1:5173 has listened since 2026-11-21T10:00:00Z',
    );
    expect(finding.actions.map(({ command }) => command)).toEqual([
      'curl -i http://127.0.0.1:5174/',
      'homeport explain pid:101',
      'homeport ls project:shop',
    ]);
  });

  it('finds it where the port is free again, also in no project', () => {
    const free = foundBy(movedPort, endpointFacts('127.0.0.1:5173', moved()));
    expect(free.title).toBe('nobody listens on 5173; Vite (pid 202, project shop) listens on 5174');
    expect(free.evidence).toContain('Vite usually takes 5173');
    const nobodys = endpointFacts('127.0.0.1:5173', moved({}, { askersProject: null }));
    expect(outcome(movedPort, nobodys).result).toBe('fail');
  });

  it('does not know whether a server of the project with an unusual port was meant', () => {
    const { benignCauses } = foundBy(movedPort, endpointFacts('127.0.0.1:5170', moved()));
    expect(benignCauses).toEqual(['it is another server of the project, with a port of its own']);
  });

  it.each([
    ["the project's own server", '127.0.0.1:5174', moved(), 'pass'],
    [
      "a stranger's server nearby",
      '127.0.0.1:5173',
      moved(blog(), { askersProject: other }),
      'pass',
    ],
    [
      'one without a project',
      '127.0.0.1:5173',
      moved(blog(), { askersProject: null }),
      'not-applicable',
    ],
    ['a port further away', '127.0.0.1:5163', moved(), 'not-applicable'],
    ['a port below', '127.0.0.1:5175', moved(), 'not-applicable'],
    ['UDP', 'udp://127.0.0.1:5173', moved(), 'not-applicable'],
    [
      'a stranger that usually has another port',
      '127.0.0.1:3000',
      moved(blog(3001), { askersProject: null }),
      'not-applicable',
    ],
  ])('does not blame %s', (_, text, told, result) => {
    expect(outcome(movedPort, endpointFacts(text, told)).result).toBe(result);
  });
});

describe('ended-lately', () => {
  const closed = (state: SocketState, facts = {}) =>
    connection(state, here(3000), here(51_000), facts);
  const asked = (...sockets: Parameters<typeof closed>[]) =>
    endpointFacts('127.0.0.1:3000', { sockets: sockets.map((one) => closed(...one)) });

  it('tells until when a server was there, by the youngest timer', () => {
    const facts = asked(
      ['time-wait', { timer: timeWait(43_000) }],
      ['time-wait', { timer: timeWait(20_000) }],
    );
    const finding = foundBy(endedLately, facts);
    expect(finding.title).toBe(
      'nobody listens on 127.0.0.1:3000 any more: a connection with a server there was closed 17 s ago',
    );
    expect(finding.evidence[0]).toBe('127.0.0.1:3000 ↔ 127.0.0.1:51000 is in time-wait');
    expect(finding.evidence.at(-1)).toBe('the last of them was closed at 2026-11-21T11:59:43Z');
  });

  it('knows it by the client that closed first, too', () => {
    const client = connection('time-wait', here(51_000), here(3000), { timer: timeWait(59_000) });
    const facts = endpointFacts('localhost:3000', { sockets: [client] });
    expect(foundBy(endedLately, facts).title).toContain('1 s ago');
  });

  it('needs no timer where a connection is just closing', () => {
    expect(foundBy(endedLately, asked(['fin-wait-2'])).title).toContain('a moment ago');
    const many = asked(['last-ack'], ['last-ack'], ['closing'], ['close-wait'], ['fin-wait-1']);
    expect(foundBy(endedLately, many).evidence).toContain('and 2 more');
  });

  it('does not guess the time of a timer that was not read', () => {
    const unread = { timer: unknown('unsupported') };
    expect(outcome(endedLately, asked(['time-wait', unread])).result).toBe('unknown');
  });

  it.each([
    ['a living connection', closed('established')],
    ['another port', connection('time-wait', here(3001), here(51_000), { timer: timeWait(1) })],
    [
      'a server of another machine',
      connection('time-wait', here(51_000), { address: '93.184.216.34', port: 3000 }),
    ],
    ['another namespace', closed('time-wait', { namespace: 'net:[9]' })],
  ])('does not take %s for it', (_, socket) => {
    expect(
      outcome(endedLately, endpointFacts('127.0.0.1:3000', { sockets: [socket] })).result,
    ).toBe('pass');
  });

  it("does not take a client's own port for a server's", () => {
    const client = connection('time-wait', here(40_000), here(443), { timer: timeWait(1) });
    expect(
      outcome(endedLately, endpointFacts('127.0.0.1:40000', { sockets: [client] })).result,
    ).toBe('pass');
  });

  it('has nothing to say where somebody listens', () => {
    const facts = endpointFacts('127.0.0.1:3000', {
      ...server('127.0.0.1', 3000),
      sockets: [listening(10, '127.0.0.1', 3000), closed('time-wait', { timer: timeWait(1) })],
    });
    expect(outcome(endedLately, facts).result).toBe('pass');
  });
});

describe('nothing-listens', () => {
  it('says what usually does, and how to start it', () => {
    const finding = foundBy(nothingListens, endpointFacts('localhost:5432'));
    expect(finding.title).toBe('nothing listens on [::1]:5432 or 127.0.0.1:5432');
    expect(finding.evidence).toEqual([
      'no program listens on port 5432 at any address of this machine (TCP, this network namespace)',
      'developers commonly run these on 5432: PostgreSQL',
    ]);
    expect(finding.actions).toEqual([
      {
        label: 'start PostgreSQL, if it is a service of this machine',
        command: 'sudo systemctl start postgresql',
        needsRoot: true,
        changes: 'PostgreSQL runs until the machine is shut down or it is stopped',
      },
    ]);
  });

  it("names the project's dev server, and the nearest that does listen", () => {
    const shop = projectIn('/srv/shop', 'shop');
    const finding = foundBy(
      nothingListens,
      endpointFacts('127.0.0.1:5173', {
        sockets: [listening(10, '127.0.0.1', 8080), listening(11, '127.0.0.1', 9999)],
        holders: { 10: [101], 11: [101] },
        processes: [running(101, ['/srv/shop/api'])],
        snapshot: { projects: { '/srv/shop': shop } },
        facts: { askersProject: shop },
      }),
    );
    expect(finding.title).toBe(
      'nothing listens on 127.0.0.1:5173: the dev server of shop (vite) usually does, and does not run',
    );
    expect(finding.evidence.slice(-2)).toEqual([
      'of the project shop, api (pid 101, project shop) on 127.0.0.1:8080 listens',
      'of the project shop, api (pid 101, project shop) on 127.0.0.1:9999 listens',
    ]);
    expect(finding.actions).toEqual([
      { label: 'start shop', command: 'npm run dev', changes: 'it runs until you stop it' },
    ]);
  });

  it('puts a service before a project that has no server on that port', () => {
    const facts = { askersProject: projectIn('/srv/blog', 'blog') };
    const { actions, evidence } = foundBy(
      nothingListens,
      endpointFacts('127.0.0.1:6379', { facts }),
    );
    expect(actions.map(({ command }) => command)).toEqual([
      'sudo systemctl start redis-server',
      'cd /srv/blog && npm run dev',
    ]);
    expect(actions[1]?.label).toBe(
      'if the server of blog is meant, start it and see which port it takes',
    );
    expect(evidence).toContain(
      'you are in the project blog (/srv/blog), whose files do not tell of port 6379',
    );
  });

  it.each([
    ['a script', projectIn('/srv/blog', 'blog', []), [4000], 4000],
    ['a dependency', projectIn('/srv/blog', 'blog', ['next']), undefined, 3000],
    ['its framework', { ...projectIn('/srv/blog', 'blog', []), markers: ['manage.py'] }, [], 8000],
  ])('starts the project first where %s ties it to the port', (_, project, ports, port) => {
    const { manifest } = project;
    if (manifest === null) throw new Error('it has none');
    const own = { ...manifest, ...(ports === undefined ? {} : { ports }) };
    const facts = { askersProject: { ...project, manifest: own } };
    const finding = foundBy(nothingListens, endpointFacts(`127.0.0.1:${port}`, { facts }));
    expect(finding.evidence.at(-1)).toBe('nothing of the project blog (/srv/blog) listens');
    expect(finding.actions[0]?.label).toBe('start blog');
    const untied = foundBy(nothingListens, endpointFacts('127.0.0.1:4321', { facts }));
    expect(untied.actions[0]?.command).toBe('homeport ls');
    expect(untied.actions[1]?.label).toContain('if the server of blog is meant');
  });

  it('knows nothing better than a look where nothing is known of the port', () => {
    const { actions } = foundBy(nothingListens, endpointFacts('127.0.0.1:45678'));
    expect(actions.map(({ command }) => command)).toEqual(['homeport ls']);
  });

  it.each([
    ['a listener', '127.0.0.1:3000', server('127.0.0.1', 3000), 'pass'],
    [
      'one at another address, which has its own check',
      '127.0.0.1:3000',
      server('127.0.0.2', 3000),
      'not-applicable',
    ],
    ["another machine's address", '192.168.1.77:3000', {}, 'not-applicable'],
    ['port 0, which has its own check', '127.0.0.1:0', {}, 'not-applicable'],
    ['a name without an address', 'http://shop.test:3000', {}, 'not-applicable'],
    [
      'UDP that answers',
      'udp://127.0.0.1:3000',
      { sockets: [listening(1, '0.0.0.0', 3000, { transport: 'udp', state: 'close' })] },
      'pass',
    ],
  ])('does not blame %s', (_, text, told, result) => {
    expect(outcome(nothingListens, endpointFacts(text, told)).result).toBe(result);
  });
});
