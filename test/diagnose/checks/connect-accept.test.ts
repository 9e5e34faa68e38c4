import { describe, expect, it } from 'vitest';
import type { Check } from '../../../src/diagnose/check.ts';
import { acceptQueueFull } from '../../../src/diagnose/checks/connect/accept-queue-full.ts';
import { notAccepting } from '../../../src/diagnose/checks/connect/not-accepting.ts';
import { openFileLimit } from '../../../src/diagnose/checks/connect/open-file-limit.ts';
import { processBlocked } from '../../../src/diagnose/checks/connect/process-blocked.ts';
import { processBusy } from '../../../src/diagnose/checks/connect/process-busy.ts';
import { processStopped } from '../../../src/diagnose/checks/connect/process-stopped.ts';
import { processTraced } from '../../../src/diagnose/checks/connect/process-traced.ts';
import { processZombie } from '../../../src/diagnose/checks/connect/process-zombie.ts';
import type { EndpointFacts } from '../../../src/diagnose/facts.ts';
import { type Known, unknown } from '../../../src/model/known.ts';
import type { Process } from '../../../src/model/process.ts';
import { endpointFacts, type Told } from '../../support/diagnosis-facts.ts';
import { foundBy, outcome, told as toldBy } from './connect-outcome.ts';
import { attempt, connection, listening, running } from './connect-scene.ts';

const port = 3000;
const asked = `127.0.0.1:${port}`;

/** A server with so many connections in its queue. */
const queued = (
  length: number,
  process: Partial<Process> = {},
  { limit = 5, ...told }: Told & { readonly limit?: Known<number> } = {},
): EndpointFacts =>
  endpointFacts(asked, {
    sockets: [
      listening(10, '127.0.0.1', port, { acceptQueue: { length, limit } }),
      ...(told.sockets ?? []),
    ],
    holders: { 10: [101] },
    processes: [running(101, ['/srv/shop/api'], '/srv/shop', { comm: 'api', ...process })],
    network: told.network ?? {},
    asker: told.asker ?? {},
    facts: { ...toldBy('timeout'), ...told.facts },
  });

/** Homeport connected, and the connection was still in the queue when it looked again. */
const unaccepted: Told['facts'] = {
  symptom: { class: 'timeout', role: 'client', from: 'attempt' },
  attempts: [attempt('127.0.0.1', port, 'connected')],
  protocol: { value: { status: 'unrecognised', evidence: [] }, durationMs: 1 },
};

describe.each([
  [processStopped, 'T', 'is stopped: connections are made, and nobody takes them up'],
  [processTraced, 't', 'connections are made, and nobody takes them up'],
  [processZombie, 'Z', 'has ended but for its sockets'],
])('$id', (check: Check<EndpointFacts>, state, words) => {
  it(`finds state ${state}, whether or not a connection waits`, () => {
    const finding = foundBy(check, queued(0, { state }));
    expect(finding.title).toContain('api (pid 101)');
    expect(finding.title).toContain(words);
    expect(finding.evidence[0]).toContain(`state ${state}`);
    expect(foundBy(check, queued(2, { state })).evidence.at(-1)).toBe(
      '2 connections wait to be accepted; the backlog is 5',
    );
  });

  it.each(['S', 'R', 'D'])('does not blame state %s', (other) => {
    expect(outcome(check, queued(1, { state: other })).result).toBe('pass');
  });

  it('does not blame a server whose child still accepts from the same socket', () => {
    const facts = endpointFacts(asked, {
      sockets: [listening(10, '127.0.0.1', port)],
      holders: { 10: [101, 102] },
      processes: [
        running(101, ['/srv/shop/api'], '/srv/shop', { state }),
        running(102, ['/srv/shop/api'], '/srv/shop'),
      ],
    });
    expect(outcome(check, facts).result).toBe('pass');
  });

  it('finds the part of an SO_REUSEPORT group that stands still', () => {
    const facts = endpointFacts(asked, {
      sockets: [listening(10, '127.0.0.1', port), listening(11, '127.0.0.1', port)],
      holders: { 10: [101], 11: [102] },
      processes: [
        running(101, ['/srv/shop/api'], '/srv/shop', { state }),
        running(102, ['/srv/shop/api'], '/srv/shop'),
      ],
    });
    expect(foundBy(check, facts).title).toContain('its part of the group');
  });

  it('does not pass what may not be seen, nor judge where nobody listens', () => {
    const hidden = endpointFacts(asked, { sockets: [listening(10, '127.0.0.1', port)] });
    expect(outcome(check, hidden).result).toBe('unknown');
    expect(outcome(check, endpointFacts(asked)).result).toBe('not-applicable');
  });
});

describe('what a stopped process needs', () => {
  it('is a signal, by root where it is not the own one', () => {
    const own = foundBy(processStopped, queued(0, { state: 'T' }));
    expect(own.actions[0]).toMatchObject({ command: 'kill -CONT 101' });
    const foreign = foundBy(processStopped, queued(0, { state: 'T', uid: 33 }));
    expect(foreign.actions[0]).toMatchObject({ command: 'sudo kill -CONT 101', needsRoot: true });
    const asRoot = queued(0, { state: 'T', uid: 33 }, { asker: { uid: 0 } });
    expect(foundBy(processStopped, asRoot).actions[0]?.command).toBe('kill -CONT 101');
  });

  it("is a debugger's word where one holds it, and a look at the parent of what has ended", () => {
    expect(foundBy(processTraced, queued(0, { state: 't' })).actions[0]?.command).toBe(
      'grep TracerPid /proc/101/status',
    );
    expect(foundBy(processZombie, queued(0, { state: 'Z' })).actions[0]?.command).toBe(
      'homeport explain pid:1',
    );
  });
});

describe('process-blocked', () => {
  it('finds a server in uninterruptible sleep that connections wait for', () => {
    const finding = foundBy(processBlocked, queued(1, { state: 'D' }));
    expect(finding.title).toContain('waits inside the kernel');
    expect(finding.actions.at(-1)).toMatchObject({
      command: 'sudo cat /proc/101/stack',
      needsRoot: true,
    });
    expect(outcome(processBlocked, queued(0, { state: 'D' }, { facts: unaccepted })).result).toBe(
      'fail',
    );
  });

  it('does not blame a moment in it while nothing waits, nor another state', () => {
    expect(outcome(processBlocked, queued(0, { state: 'D' })).result).toBe('pass');
    expect(outcome(processBlocked, queued(1)).result).toBe('pass');
    expect(outcome(processBlocked, endpointFacts(asked)).result).toBe('not-applicable');
  });
});

describe('process-busy', () => {
  const busy = (share: number, more: Told['facts'] = unaccepted, length = 0) =>
    queued(length, {}, { facts: { ...more, processorShares: { 101: share } } });

  it('finds a whole core used while a connection waits', () => {
    const finding = foundBy(processBusy, busy(0.99));
    expect(finding.title).toBe(
      'api (pid 101) on 127.0.0.1:3000 uses a whole core and does not come to answer',
    );
    expect(finding.evidence[0]).toBe(
      'api (pid 101, 1 thread) used 99 % of a core while it was watched',
    );
    expect(outcome(processBusy, busy(1, {}, 3)).result).toBe('fail');
  });

  it('does not blame half a core, nor a busy server that answers', () => {
    expect(outcome(processBusy, busy(0.5)).result).toBe('pass');
    expect(outcome(processBusy, busy(1, {})).result).toBe('pass');
  });

  it('does not pass what nobody watched', () => {
    expect(outcome(processBusy, queued(3)).result).toBe('unknown');
    expect(outcome(processBusy, endpointFacts(asked)).result).toBe('not-applicable');
  });
});

describe('open-file-limit', () => {
  const using = (open: Known<number>, limit: Known<number>, length = 0, told: Told = {}) =>
    queued(length, { files: { open, limit } }, told);

  it('finds a server that may open no further file', () => {
    const finding = foundBy(openFileLimit, using(64, 64));
    expect(finding.title).toBe(
      'api (pid 101) on 127.0.0.1:3000 has 64 files open and may have 64: it can accept no connection',
    );
    expect(finding.actions.map(({ command }) => command)).toEqual([
      'prlimit --pid 101 --nofile=1024:',
      'ls -l /proc/101/fd',
      'ulimit -n 65536',
    ]);
    expect(foundBy(openFileLimit, using(70, 64)).severity).toBe('critical');
    expect(foundBy(openFileLimit, using(4096, 4096)).actions[0]?.command).toContain('8192');
  });

  it('finds one that is short of them where connections wait, or the message says so', () => {
    expect(outcome(openFileLimit, using(62, 64, 1)).result).toBe('fail');
    const message = { facts: toldBy('too-many-files') };
    expect(outcome(openFileLimit, using(62, 64, 0, message)).result).toBe('fail');
  });

  it.each([
    ['room enough', using(20, 64, 1), 'pass'],
    ['little room while all is well', using(62, 64), 'pass'],
    ['files that may not be counted', using(unknown('denied'), 64), 'unknown'],
    ['a limit that was not read', using(64, unknown('denied')), 'unknown'],
    ['nobody', endpointFacts(asked), 'not-applicable'],
  ])('does not blame %s', (_, facts, result) => {
    expect(outcome(openFileLimit, facts).result).toBe(result);
  });
});

describe('accept-queue-full', () => {
  it('finds more connections than the backlog allows', () => {
    const finding = foundBy(acceptQueueFull, queued(6));
    expect(finding.title).toBe(
      'api (pid 101) on 127.0.0.1:3000 does not accept, and its queue is full: the kernel drops new connections',
    );
    expect(finding.severity).toBe('critical');
    expect(finding.evidence).toEqual([
      '6 connections wait to be accepted; its backlog is 5 (listen(2))',
      'net.core.somaxconn allows 4096',
    ]);
    expect(finding.actions.at(-1)?.label).toContain('more than 5');
  });

  it('says that the kernel resets where it is told to, and does not teach a long backlog', () => {
    const network = { abortOnOverflow: true };
    expect(foundBy(acceptQueueFull, queued(6, {}, { network })).title).toContain(
      'the kernel resets',
    );
    expect(foundBy(acceptQueueFull, queued(512, {}, { limit: 511 })).actions).toHaveLength(2);
  });

  it.each([
    ['as many as the backlog, for it takes one more', queued(5), 'pass'],
    ['an empty queue', queued(0), 'pass'],
    ['a backlog that was not read', queued(6, {}, { limit: unknown('unsupported') }), 'unknown'],
    ['nobody', endpointFacts(asked), 'not-applicable'],
  ])('does not blame %s', (_, facts, result) => {
    expect(outcome(acceptQueueFull, facts).result).toBe(result);
  });
});

describe('not-accepting', () => {
  const waiting = (ms: number) =>
    connection(
      'established',
      { address: '127.0.0.1', port },
      { address: '127.0.0.1', port: 50_000 },
      {
        tcpInfo: {
          bytesSent: 0,
          bytesAcked: 0,
          bytesReceived: 0,
          rttMs: 0,
          rttVarianceMs: 0,
          minRttMs: 0,
          retransmits: 0,
          lastDataSentMs: ms,
          lastDataReceivedMs: ms,
        },
      },
    );

  it('finds connections that have waited for long, and says who should accept', () => {
    const finding = foundBy(notAccepting, queued(1, {}, { sockets: [waiting(4200)] }));
    expect(finding.title).toBe(
      'api (pid 101) listens on 127.0.0.1:3000 but does not accept: connections are made and wait',
    );
    expect(finding.evidence).toEqual([
      '1 connection waits to be accepted; the backlog is 5',
      'the oldest of them has waited 4.2 s without a word from its client',
      'api (pid 101) should call accept(2); it is in state S',
    ]);
  });

  it("finds that Homeport's own was not accepted", () => {
    const finding = foundBy(notAccepting, queued(1, {}, { facts: unaccepted }));
    expect(finding.evidence).toContain('a connection that Homeport made was not accepted');
  });

  it.each([
    ['connections of this very moment', queued(1, {}, { sockets: [waiting(10)] }), 'pass'],
    ['an empty queue', queued(0), 'pass'],
    [
      'a full queue, which has its own check',
      queued(6, {}, { facts: unaccepted }),
      'not-applicable',
    ],
    [
      'a stopped process, which has its own check',
      queued(1, { state: 'T' }, { facts: unaccepted }),
      'not-applicable',
    ],
    ['nobody', endpointFacts(asked), 'not-applicable'],
  ])('does not blame %s', (_, facts, result) => {
    expect(outcome(notAccepting, facts).result).toBe(result);
  });
});
