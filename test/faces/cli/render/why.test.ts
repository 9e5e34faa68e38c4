import { describe, expect, it, test } from 'vitest';
import type { DiagnosisView } from '../../../../src/faces/cli/render/diagnosis/view.ts';
import { renderDiagnosis, renderMessage } from '../../../../src/faces/cli/render/why.ts';
import { paintLines } from '../../../../src/faces/cli/text/line.ts';
import type { Diagnosis } from '../../../../src/model/diagnosis.ts';
import type { FailureMessage } from '../../../../src/model/failure.ts';
import type { Problem } from '../../../../src/model/problem.ts';
import { machineFacts } from '../../../support/diagnosis-facts.ts';
import { socket } from '../../../support/scene.ts';
import { cause, diagnosis, stage } from '../support/diagnosis-literals.ts';

const view = (given: Partial<DiagnosisView> = {}): DiagnosisView => ({
  columns: null,
  verbose: false,
  sudoHelps: true,
  source: null,
  ...given,
});

const shown = (given: Partial<Diagnosis> = {}, where: Partial<DiagnosisView> = {}): string =>
  paintLines(renderDiagnosis(diagnosis(given), view(where)), false);

const message: FailureMessage = {
  class: 'connection-refused',
  endpoints: [
    { host: '::1', port: 3000 },
    { host: null, port: 5173 },
    { host: 'db', port: null },
  ],
  role: 'client',
  ecosystem: 'node',
  line: 7,
  text: '  Error: connect ECONNREFUSED ::1:3000',
  notes: ['the middle was left out'],
};

test('the cause, how far a client gets, the evidence and the fix', () => {
  expect(shown()).toBe(`\
Nothing listens on 127.0.0.1:3000.

address    ✓ 127.0.0.1 is on lo
firewall   ? could not check: not permitted
listener   ✗ nobody listens on 127.0.0.1:3000; elsewhere on this port:
               Vite (pid 4242) on [::1]:3000
connect    ✗ 127.0.0.1:3000 refuses (ECONNREFUSED)  3 ms

why        no TCP socket listens on port 3000
           may be: it is being built

fix        → start shop
               npm run dev
               changes: it runs until you stop it
           → allow port 80 (root)
               sudo sysctl -w x=80
           → write server.host in vite.config.js

next       → homeport explain 127.0.0.1:3000  see all that is known of it
`);
});

test('--verbose has every stage, every fact and every check that applies', () => {
  const text = shown({}, { verbose: true });
  for (const part of [
    '· 127.0.0.1 is an address',
    '✓ lo is up, as seen',
    '✗ somebody listens there',
    '? no firewall  not permitted',
    '! it judges  x is undefined',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain('not about this');
});

describe('other causes', () => {
  const many = [
    cause(),
    cause({ id: 'b', title: 'or the port moved' }),
    cause({ id: 'c', title: 'or it is in a container' }),
    cause({ id: 'd', title: 'or a third one' }),
    cause({ id: 'e', title: 'lo is down', explains: false, severity: 'critical' }),
    cause({ id: 'f', title: 'a queue is full', explains: false }),
    cause({ id: 'g', title: 'a limit is near', explains: false }),
    cause({ id: 'h', title: 'good to know', explains: false, severity: 'notice' }),
  ];

  it('are told shortly: two that may explain it too, two that matter otherwise', () => {
    const text = shown({ causes: many });
    expect(text).toMatch(/^or {9}or the port moved$/m);
    expect(text).toContain('or it is in a container');
    expect(text).not.toContain('or a third one');
    expect(text).toMatch(/^also {7}lo is down$/m);
    expect(text).toContain('a queue is full');
    expect(text).toContain('and 1 finding more (--verbose)');
    expect(text).not.toContain('good to know');
  });

  it('are all told with --verbose', () => {
    const text = shown({ causes: many }, { verbose: true });
    for (const { title } of many.slice(1)) expect(text).toContain(title);
    expect(text).not.toContain('(--verbose)');
  });

  it('are shown where it works all the same', () => {
    const text = shown({
      verdict: 'works',
      answer: '127.0.0.1:3000 works: it answers',
      causes: [cause({ title: 'your shop took 3001' })],
    });
    expect(text).toMatch(/^yet {8}your shop took 3001$/m);
    expect(text).not.toMatch(/^why/m);
  });

  it('that explain nothing are no answer', () => {
    const text = shown({
      verdict: 'unexplained',
      answer: '127.0.0.1:3000: nothing answers in time, and no check says why',
      causes: [cause({ explains: false, title: 'lo is down' })],
    });
    expect(text).toMatch(/^127\.0\.0\.1:3000: nothing answers in time, and no check says why\.$/m);
    expect(text).toMatch(/^also {7}lo is down$/m);
    expect(text).not.toMatch(/^(?:why|or)/m);
  });
});

describe('what is said once', () => {
  it('an action of another cause is not proposed again', () => {
    const [start, , ...rest] = cause().actions;
    const other = cause({ id: 'b', title: 'it may be the proxy', actions: start ? [start] : [] });
    const text = shown({ causes: [cause({ actions: rest }), other] });
    expect(text.match(/npm run dev/g)).toHaveLength(1);
  });

  it('a fact of a stage is not told again of the cause, nor the reverse', () => {
    const fact = '2 connections wait';
    const queue = stage('accept-queue', 'pid 1 is stopped', { result: 'fail', evidence: [fact] });
    const causes = [cause({ evidence: [fact, 'pid 1 is stopped'] })];
    const text = shown({ stages: [queue], causes });
    expect(text.match(/2 connections wait/g)).toHaveLength(1);
    expect(text.match(/pid 1 is stopped/g)).toHaveLength(1);
    const whole = shown({ stages: [queue], causes }, { verbose: true });
    expect(whole.match(/pid 1 is stopped/g)).toHaveLength(2);
  });
});

test('long evidence is cut, and whole with --verbose', () => {
  const evidence = Array.from({ length: 9 }, (_, index) => `fact ${index}`);
  const causes = [cause({ evidence })];
  expect(shown({ causes }).match(/fact \d/g)).toHaveLength(6);
  expect(shown({ causes }, { verbose: true }).match(/fact \d/g)).toHaveLength(9);
});

describe('what was read', () => {
  it('stands above all, with its place and what does not fit', () => {
    const text = shown(
      { message, contradictions: ['It accepts connections now.'] },
      { source: 'app.log' },
    );
    expect(text).toContain(`\
read       Error: connect ECONNREFUSED ::1:3000
           connection-refused · [::1]:3000 · port 5173 · db · said by the client · node · line 7 of app.log
           the middle was left out
but        It accepts connections now.
`);
  });

  it('is all there is where nothing was to be looked at', () => {
    expect(paintLines(renderMessage(message, null), false)).toBe(`\
Error: connect ECONNREFUSED ::1:3000
connection-refused · [::1]:3000 · port 5173 · db · said by the client · node
the middle was left out
`);
  });

  it('leaves no line where nothing was told', () => {
    const nothing: FailureMessage = { ...message, class: 'none', text: null, notes: [] };
    expect(shown({ message: nothing })).not.toMatch(/^read/m);
  });

  it('may tell of nothing', () => {
    expect(paintLines(renderMessage({ ...message, class: 'none' }, null), false)).toBe(
      'The text tells of no connection or bind that failed.\n',
    );
  });
});

describe('the headline', () => {
  it.each([
    ['nothing listens on x', 'Nothing listens on x.'],
    ['vite (pid 1) listens elsewhere', 'vite (pid 1) listens elsewhere.'],
    ['localhost:3000 works: it answers', 'localhost:3000 works: it answers.'],
    ['127.0.0.1:80 is fine', '127.0.0.1:80 is fine.'],
    ['nobody has it!', 'Nobody has it!'],
  ])('%s', (answer, expected) => {
    expect(shown({ answer }).split('\n')[0]).toBe(expected);
  });
});

test('what may be meant by a message that names nobody has its fix, and is no answer', () => {
  const action = { label: 'let it open more', command: 'prlimit --pid 7' };
  const causes = [cause({ title: 'api has 20 of 20 files', explains: false, actions: [action] })];
  const text = shown({ target: null, verdict: 'unexplained', answer: 'nothing tells', causes });
  expect(text).toMatch(/^may be +api has 20 of 20 files$/m);
  expect(text).toContain('prlimit --pid 7');
  expect(shown({ verdict: 'unexplained', causes })).toMatch(/^also +api has 20 of 20 files$/m);
});

describe('what could not be read', () => {
  const problems = [
    { id: 'x', reason: 'denied' as const, detail: 'other users’ processes may not be seen' },
    { id: 'y', reason: 'denied' as const, detail: 'other users’ processes may not be seen' },
  ];

  const sudo = '! some of this machine may not be seen by this user: sudo homeport why shows more';
  const last = (given: Partial<Diagnosis>, asked: Partial<DiagnosisView> = {}) =>
    shown({ problems, ...given }, asked)
      .split('\n\n')
      .at(-1);

  const hidden = machineFacts({
    sockets: [socket(3000)],
    snapshot: { unreadableProcesses: 1 },
  }).listeners;

  it('takes one line where it may be the reason that nothing explains it', () => {
    expect(last({ verdict: 'unexplained' })).toBe(`${sudo}\n`);
    expect(last({ listeners: hidden })).toBe(`${sudo}\n`);
  });

  it('is left out where the answer does not need it', () => {
    for (const verdict of ['explained', 'works'] as const) {
      expect(shown({ verdict, problems })).not.toContain('sudo homeport why');
    }
  });

  it('is told whole, and once, where everything is wanted', () => {
    expect(last({}, { verbose: true })).toBe(`! other users’ processes may not be seen\n${sudo}\n`);
  });

  it('sudo is not named where it does not help', () => {
    const asked = { sudoHelps: false, verbose: true };
    expect(shown({ problems, verdict: 'unexplained' }, asked)).not.toContain('sudo homeport why');
  });

  it('is told always where it is about what was asked', () => {
    const about = (id: string, reason: Problem['reason']) =>
      shown({ problems: [{ id, reason, detail: 'it is so' }] });
    expect(about('more-endpoints', 'unsupported')).toContain('! it is so');
    expect(about('check-failed', 'failed')).toContain('! it is so');
    expect(about('procfs', 'unsupported')).not.toContain('it is so');
  });
});

test('hostile text from outside stays inert, wherever it stands', () => {
  const evil = 'a\u001b[2Jb\nc\r\u202ed\u0007\u2028e\u009b1mf';
  const action = { label: evil, command: evil, changes: evil };
  const text = paintLines(
    renderDiagnosis(
      diagnosis({
        answer: evil,
        message: {
          ...message,
          text: evil,
          ecosystem: evil,
          notes: [evil],
          endpoints: [{ host: evil, port: 1 }],
        },
        contradictions: [evil],
        stages: [stage('protocol', evil, { result: 'fail', evidence: [evil + 'x'] })],
        causes: [
          cause({ title: evil, evidence: [evil], benignCauses: [evil], actions: [action] }),
          cause({ title: evil, evidence: [evil], actions: [{ ...action, command: null }] }),
          cause({ title: evil, explains: false }),
        ],
        checks: [{ id: 'a', title: evil, stage: null, result: 'unknown', why: evil }],
        next: [{ ...action, command: `${evil} x` }],
        problems: [{ id: 'p', reason: 'failed', detail: evil }],
      }),
      view({ verbose: true, source: evil }),
    ),
    false,
  );
  expect(text).toContain('a\\x1b[2Jb\\nc\\r\\u202ed\\x07\\u2028e\\x9b1mf');
  expect(text.replace(/\n/g, '')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]/);
  // A line break of theirs would make a line without a label's margin.
  expect(text).not.toMatch(/^\s*c\\r/m);
});
