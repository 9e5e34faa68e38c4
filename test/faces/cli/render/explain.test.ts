import { describe, expect, test } from 'vitest';
import { renderExplanation } from '../../../../src/faces/cli/render/explain.ts';
import type { ExplanationView } from '../../../../src/faces/cli/render/explanation/section.ts';
import { lineWidth, paintLines } from '../../../../src/faces/cli/text/line.ts';
import type { Explanation, Owner } from '../../../../src/model/explanation.ts';
import {
  connection,
  end,
  explanation,
  inetListener,
  now,
  owner,
  processFacts,
} from '../support/literals.ts';

const view = (given: Partial<ExplanationView> = {}): ExplanationView => ({
  columns: null,
  verbose: false,
  home: '/home/ann',
  sudoHelps: true,
  now,
  ...given,
});

const shown = (given: Partial<Explanation> = {}, where: Partial<ExplanationView> = {}): string =>
  paintLines(renderExplanation(explanation(given), view(where)), false);

test('one screen: the answer, then what it rests on', () => {
  expect(shown()).toBe(`\
127.0.0.1:5173 is Vite 5.4.2 of project shop, started by npm script dev, reachable from this machine only.

what       Vite 5.4.2 · dev server
           node /home/ann/code/shop/node_modules/.bin/vite --host
whose      pid 4242 · ann · running for 2 hours
           project shop · ~/code/shop · branch main
why        npm script dev
           4242  node /home/ann/code/shop/node_modules/.bin/vite --host
           4200  npm run dev  npm script dev
           3999  zsh
            310  tmux new -s work  tmux session work
              1  /sbin/init

speaks     HTTP/1.1 · Vite · “Shop” · asks for no credentials
listens    127.0.0.1:5173
reach      this machine · 127.0.0.1 is a loopback address

clients    chromium 900 127.0.0.1:51002  812 B sent, 90 kB received
talks to   127.0.0.1:5432 hidden  812 B sent, 90 kB received

port       commonly Vite

next       xdg-open http://127.0.0.1:5173/  opens it
`);
});

test('--verbose has evidence, the process, sockets, address and port in full', () => {
  const text = shown({}, { verbose: true });
  for (const part of [
    '– runs node_modules/.bin/vite',
    '– npm_lifecycle_event is dev',
    "arguments  node /home/ann/code/shop/node_modules/.bin/vite --host 'my host'",
    'state S · 11 threads · 123 MB memory · 4 seconds of CPU · 40 of 1024 files',
    '127.0.0.1:5173 · inode 70123 · cookie a1b2 · queue 0 of 511',
    'address    loopback · 127.0.0.0/8 · RFC 1122 3.2.1.3 · an interface here has it',
    'port       registered (RFC 6335) · outside of the ephemeral range',
  ]) {
    expect(text).toContain(part);
  }
});

describe.each([40, 60, 80, 120])('at %i columns', (columns) => {
  test.each([false, true])('no line is wider (verbose: %s)', (verbose) => {
    const lines = renderExplanation(explanation(), view({ columns, verbose }));
    expect(Math.max(...lines.map(lineWidth))).toBeLessThanOrEqual(columns);
  });
});

test('how the target was read is said below the sentence', () => {
  const target = { ...explanation().target, notes: ['0x7f.1 is 127.0.0.1'] };
  expect(shown({ target }).split('\n')[1]).toBe('0x7f.1 is 127.0.0.1');
});

test('the same client many times is one line, and many clients are counted', () => {
  const many = Array.from({ length: 9 }, (_, index) =>
    connection({ client: end({ pid: 100 + index, port: 50_000 + index }) }),
  );
  const text = shown({
    connections: [connection(), connection({ client: end({ port: 51_003 }) }), ...many],
  });
  expect(text).toContain('chromium 900 × 2  1.6 kB sent, 180 kB received');
  expect(text).toContain('and 4 connections more (--verbose)');
});

test('who else holds the socket is said', () => {
  const owners = [4242, 4300].map((pid) => ({
    pid,
    startedAt: '',
    name: 'node',
    role: pid === 4242 ? ('accepts' as const) : ('holds' as const),
    evidence: [],
  }));
  expect(shown({ listeners: [inetListener({ owners })] })).toContain(
    'also held by node 4300 (holds)',
  );
});

test('findings carry their evidence and what to do', () => {
  const text = shown({
    findings: [
      {
        id: 'x',
        severity: 'warning',
        title: 'Others can reach it',
        evidence: ['bound to 0.0.0.0'],
        benignCauses: ['a phone'],
        actions: [{ label: 'binds it to loopback', command: 'vite --host 127.0.0.1' }],
      },
    ],
  });
  expect(text).toContain(`\
findings   warning  Others can reach it
             bound to 0.0.0.0
             vite --host 127.0.0.1  binds it to loopback
`);
});

test('hostile text is inert wherever it comes from', () => {
  const bad = 'x\n\x1b]0;pw\x07\u202e';
  const text = shown(
    {
      target: { kind: 'name', input: bad, name: bad, notes: [bad] },
      owner: owner({
        program: { id: null, name: bad, kind: 'unknown', version: bad, evidence: [bad] },
        process: processFacts({
          argv: [bad, 'y'.repeat(1_000_000)],
          cwd: bad,
          cgroup: bad,
          exe: { path: bad, deleted: true },
        }),
        chain: [
          {
            pid: 1,
            name: bad,
            command: bad,
            user: bad,
            startedAt: '',
            verdict: { id: bad, label: bad, evidence: [] },
          },
        ],
      }),
      protocol: {
        status: 'identified',
        id: 'http1',
        name: bad,
        version: bad,
        server: bad,
        title: bad,
        tls: null,
        authentication: null,
        details: { [bad]: bad },
        evidence: [bad],
      },
      findings: [
        {
          id: bad,
          severity: 'critical',
          title: bad,
          evidence: [bad],
          benignCauses: [bad],
          actions: [{ label: bad, command: bad }],
        },
      ],
      problems: [{ id: bad, reason: 'denied', detail: bad }],
    },
    { verbose: true },
  );
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  expect(text.split('\n').filter((one) => one.startsWith('x'))).toHaveLength(2);
  expect(text.length).toBeLessThan(10_000);
});

test('a command line that holds a whole configuration is cut, but with --verbose', () => {
  const command = `node ${'x'.repeat(1000)}`;
  const chain = [{ ...owner().chain[0], command }, ...owner().chain.slice(1)] as Owner['chain'];
  const cut = `${command.slice(0, 239)}…\n`;
  expect(shown({ owner: owner({ chain }) })).toContain(`           ${cut}`);
  expect(shown({ owner: owner({ chain }) })).toContain(`4242  ${cut}`);
  expect(shown({ owner: owner({ chain }) }, { verbose: true })).toContain(`4242  ${command}\n`);
});

test('what was not asked, not recognised, not reached', () => {
  expect(shown({ protocol: { status: 'not-probed', why: 'not asked to' } })).toContain(
    'speaks     nothing was sent: not asked to',
  );
  expect(shown({ protocol: { status: 'unrecognised', evidence: [] } })).toContain(
    'no handshake got an answer',
  );
  expect(shown({ protocol: { status: 'unreachable', why: 'ECONNREFUSED' } })).toContain(
    'no connection: ECONNREFUSED',
  );
});

const elsewhere = { level: 'local-network', reasons: [], reachableVia: [] } as const;

test('where there are several listeners, each is a row with its program and pid', () => {
  const other = inetListener({ address: '127.0.0.2', exposure: elsewhere });
  const hidden = inetListener({ address: '::1', program: { unknown: 'denied' } });
  const text = shown({ listeners: [inetListener(), other, hidden] });
  expect(text).toContain(`\
listens    127.0.0.1:5173  Vite 4242  this machine
           127.0.0.2:5173  Vite 4242  local network
           [::1]:5173      hidden     this machine
`);
});

test('what to do next stands in two columns where there is room', () => {
  const next = [
    { label: 'first', command: 'a' },
    { label: 'second', command: 'a longer one' },
  ];
  expect(shown({ next })).toContain(`\
next       a             first
           a longer one  second
`);
  const narrow = shown(
    { next: [...next, { label: 'x'.repeat(60), command: 'b' }] },
    { columns: 60 },
  );
  expect(narrow).toContain('a  first\n');
});

test('an older HTTP is said as what it is', () => {
  const protocol = { ...explanation({}).protocol, version: '1.0' };
  expect(shown({ protocol })).toContain('speaks     HTTP/1.0 ·');
});

test('one thread is one thread', () => {
  const process = processFacts({ threads: 1 });
  expect(shown({ owner: owner({ process }) }, { verbose: true })).toContain('· 1 thread ·');
});

test('where nobody listens, who has that port elsewhere is shown', () => {
  const text = shown({
    state: 'free',
    listeners: [],
    connections: [],
    upstream: [],
    owner: null,
    exposure: null,
    elsewhere: [inetListener({ address: '::1', family: 'ipv6' })],
  });
  expect(text).toContain('Nothing listens on 127.0.0.1:5173.\n');
  expect(text).toContain('elsewhere  [::1]:5173  Vite 4242  this machine\n');
});
