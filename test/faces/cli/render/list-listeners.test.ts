import { describe, expect, test } from 'vitest';
import { listenerKey } from '../../../../src/explain/listener-key.ts';
import { renderList } from '../../../../src/faces/cli/render/list-listeners.ts';
import type { ListView, ShownList } from '../../../../src/faces/cli/render/list-view.ts';
import { lineWidth, paintLines } from '../../../../src/faces/cli/text/line.ts';
import {
  connection,
  hiddenListener,
  inetListener,
  takenAt,
  unixListener,
} from '../support/literals.ts';

const view = (given: Partial<ListView> = {}): ListView => ({
  columns: null,
  home: '/home/ann',
  filtered: false,
  sudoHelps: true,
  marks: new Map(),
  ...given,
});

const list = (given: Partial<ShownList> = {}): ShownList => ({
  takenAt,
  listeners: [inetListener()],
  problems: [],
  ...given,
});

const shown = (given: Partial<ShownList>, where: Partial<ListView> = {}): string =>
  paintLines(renderList(list(given), view(where)), false);

const busy = [
  inetListener({
    port: 5353,
    transport: 'udp',
    queue: null,
    address: '0.0.0.0',
    project: null,
    user: 'avahi',
    connectionCount: 0,
    program: { id: null, name: 'avahi-daemon', kind: 'unknown', version: null, evidence: [] },
    origin: {
      id: 'systemd',
      label: 'systemd unit avahi-daemon.service',
      restarts: true,
      evidence: [],
    },
    exposure: { level: 'anyone-routed', reasons: [], reachableVia: [] },
  }),
  inetListener({
    address: '::',
    family: 'ipv6',
    v6only: false,
    port: 3000,
    program: { id: 'next', name: 'Next.js', kind: 'framework', version: null, evidence: [] },
    exposure: { level: 'local-network', reasons: [], reachableVia: [] },
  }),
  inetListener({ address: '::1', family: 'ipv6', v6only: null, connectionCount: 0 }),
  inetListener(),
  unixListener(),
  hiddenListener(),
];

test('without a terminal everything is shown, in groups, and nothing is cut', () => {
  expect(shown({ listeners: busy })).toBe(`\
  ADDRESS           PROGRAM                        PID  USER      AGE  REACHABLE BY   CONN  STARTED BY
shop  ~/code/shop  main
  [::]:3000 +ipv4   Next.js                       4242  ann        2h  local network     3  npm script dev
  127.0.0.1:5173    Vite 5.4.2                    4242  ann        2h  this machine      3  npm script dev
  [::1]:5173        Vite 5.4.2                    4242  ann        2h  this machine      0  npm script dev

no project
  0.0.0.0:5353 udp  avahi-daemon                  4242  avahi      2h  anyone            0  avahi-daemon.service

owner not visible
  127.0.0.1:5432    postgresql@15-main.service  hidden  postgres    ?  this machine     12  postgresql@15-main.service
  /run/docker.sock  docker.service              hidden  root        ?  this machine      0  docker.service

6 listeners · 1 anyone · 1 local network · 4 this machine
! who owns 2 listeners could not be seen
  sudo homeport shows more
`);
});

test('at 60 columns address, program and reach are left', () => {
  expect(shown({ listeners: busy.slice(1, 4) }, { columns: 60 })).toBe(`\
  ADDRESS          PROGRAM      PID  AGE  REACHABLE BY
shop  ~/code/shop  main
  [::]:3000 +ipv4  Next.js     4242   2h  local network
  127.0.0.1:5173   Vite 5.4.2  4242   2h  this machine
  [::1]:5173       Vite 5.4.2  4242   2h  this machine

3 listeners · 1 local network · 2 this machine
`);
});

describe.each([40, 60, 80, 120, 200])('at %i columns', (columns) => {
  test('no line is wider, and no address is lost', () => {
    const wide = inetListener({
      program: { id: null, name: '東京'.repeat(40), kind: 'unknown', version: null, evidence: [] },
    });
    const lines = renderList(
      list({ listeners: [...busy, wide], connections: [connection()] }),
      view({ columns }),
    );
    expect(Math.max(...lines.map(lineWidth))).toBeLessThanOrEqual(columns);
    expect(paintLines(lines, false)).toContain('127.0.0.1:5432');
  });
});

test('hostile names stay on their line and move nothing', () => {
  const name = 'a) S 1 \n\x1b]0;pw\x07\u202e';
  const text = shown({
    listeners: [
      inetListener({
        program: { id: null, name, kind: 'unknown', version: '\x1b[2J', evidence: [] },
        project: { name, root: `/tmp/${name}`, branch: name, worktree: name, evidence: [] },
        origin: { id: 'x', label: name, restarts: null, evidence: [] },
        user: name,
      }),
      unixListener({ path: `/run/${name}` }),
    ],
    problems: [{ id: 'x', reason: 'failed', detail: name }],
  });
  expect(text).toContain(String.raw`a) S 1 \n\x1b]0;pw\x07\u202e`);
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  expect(text.split('\n')).toHaveLength(12);
});

test('a listener of another network namespace stands apart, under its container', () => {
  const inside = inetListener({
    port: 80,
    namespace: 'net:[4026532281]',
    project: null,
    container: { id: 'f'.repeat(64), name: 'shop-web-1', image: 'nginx:1.27', compose: null },
    exposure: { level: 'this-container', reasons: [], reachableVia: [] },
  });
  const lines = shown({ listeners: [inside, inetListener()] }).split('\n');
  expect(lines[4]).toBe('container shop-web-1  nginx:1.27  has its own network');
  expect(lines[5]).toContain('its container');
});

test('a network namespace that is no container’s is not called one', () => {
  const inside = inetListener({
    namespace: 'net:[4026532281]',
    exposure: { level: 'this-container', reasons: [], reachableVia: [] },
  });
  const text = shown({ listeners: [inside] });
  expect(text).toContain('its namespace');
  expect(text).not.toContain('container');
});

test('several owners of one socket are counted', () => {
  const owners = [1, 2, 3].map((pid) => ({
    pid,
    startedAt: takenAt,
    name: 'x',
    role: 'holds' as const,
    evidence: [],
  }));
  expect(shown({ listeners: [inetListener({ owners })] })).toContain(' 1 +2 ');
});

test('what was asked of a listener is shown', () => {
  const asked = { ...inetListener(), protocol: { status: 'unrecognised' as const, evidence: [] } };
  expect(shown({ listeners: [asked] })).toMatch(/SPEAKS.*\n.*\n.*not recognised/);
});

test('marks: what came and what went', () => {
  const came = inetListener({ port: 1 });
  const went = inetListener({ port: 2 });
  const marks = new Map([
    [listenerKey(came), 'came' as const],
    [listenerKey(went), 'went' as const],
  ]);
  const lines = shown({ listeners: [came, went, inetListener()] }, { marks }).split('\n');
  expect(lines.slice(2, 5).map((text) => text.slice(0, 13))).toEqual([
    '+ 127.0.0.1:1',
    '− 127.0.0.1:2',
    '  127.0.0.1:5',
  ]);
});

describe('the end', () => {
  test('an empty answer says so', () => {
    expect(shown({ listeners: [] })).toBe(
      'Nothing listens on this machine, as far as can be seen.\n',
    );
  });

  test('an empty answer to a filter says what would show more', () => {
    expect(shown({ listeners: [] }, { filtered: true })).toBe(
      'Nothing that listens matches.\nhomeport ls shows everything; homeport explain says what an endpoint is.\n',
    );
  });

  test('each problem once, and no sudo where it would not help', () => {
    const problem = {
      id: 'x',
      reason: 'denied' as const,
      detail: 'the descriptors of 12 processes could not be read',
    };
    const text = shown({ problems: [problem, problem] }, { sudoHelps: false });
    expect(text.match(/12 processes/g)).toHaveLength(1);
    expect(text).not.toContain('sudo');
  });

  test('a problem that root would have too asks for no sudo', () => {
    const text = shown({ problems: [{ id: 'x', reason: 'unsupported', detail: 'no netlink' }] });
    expect(text).toContain('! no netlink');
    expect(text).not.toContain('sudo');
  });

  test('with --all connections follow, and sockets are counted', () => {
    const over = connection({ state: 'time-wait' });
    const text = shown({ connections: [connection(), over, over], sockets: [] });
    expect(text).toContain('  2 old connections in TIME_WAIT\n');
    expect(text).toContain(
      '127.0.0.1:51002 chromium 900  127.0.0.1:5173 Vite 4242  established  812 B     90 kB  0.04 ms',
    );
    expect(text).toContain('0 kernel sockets in all; --json lists each');
  });
});

test('a start that is not known is said, not left out', () => {
  const origin = { id: 'unknown', label: 'unknown', restarts: null, evidence: [] };
  expect(shown({ listeners: [inetListener({ origin })] })).toMatch(
    /this machine +\d+ {2}unknown\n/,
  );
});

test('in a narrow table of connections numbers leave before the programs are cut', () => {
  const text = shown({ connections: [connection()] }, { columns: 80 });
  expect(text).toContain('127.0.0.1:51002 chromium 900  ');
  expect(text).not.toContain('RTT');
});
