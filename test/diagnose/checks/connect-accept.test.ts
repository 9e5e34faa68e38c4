import { describe, expect, it } from 'vitest';
import type { Check } from '../../../src/diagnose/check.ts';
import { openFileLimit } from '../../../src/diagnose/checks/connect/open-file-limit.ts';
import { processBlocked } from '../../../src/diagnose/checks/connect/process-blocked.ts';
import { processBusy } from '../../../src/diagnose/checks/connect/process-busy.ts';
import { processStopped } from '../../../src/diagnose/checks/connect/process-stopped.ts';
import { processTraced } from '../../../src/diagnose/checks/connect/process-traced.ts';
import { processZombie } from '../../../src/diagnose/checks/connect/process-zombie.ts';
import type { EndpointFacts } from '../../../src/diagnose/facts.ts';
import { type Known, unknown } from '../../../src/model/known.ts';
import { endpointFacts, type Told } from '../../support/diagnosis-facts.ts';
import { foundBy, outcome, told as toldBy } from './connect-outcome.ts';
import { asked, port, queued, unaccepted } from './connect-queued.ts';
import { attempt, listening, running } from './connect-scene.ts';

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

  it('finds the one that should accept where a child only holds the socket', () => {
    const facts = endpointFacts(asked, {
      sockets: [listening(10, '127.0.0.1', port, { acceptQueue: { length: 1, limit: 5 } })],
      holders: { 10: [101, 102] },
      processes: [
        running(101, ['/srv/shop/api'], '/srv/shop', { state }),
        running(102, ['/srv/shop/api'], '/srv/shop'),
      ],
    });
    expect(foundBy(check, facts).title).toContain('pid 101');
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

it.each([
  [processTraced, 't'],
  [processZombie, 'Z'],
])('%#: it is no fault of a server whose other threads accept', (check, state) => {
  const attempts = [attempt('127.0.0.1', port, 'connected')];
  const facts = queued(0, { state, threads: 2 }, { facts: { attempts } });
  expect(outcome(check, facts).result).toBe('pass');
  expect(outcome(check, queued(0, { state }, { facts: unaccepted })).result).toBe('fail');
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
      'api (pid 101) on 127.0.0.1:3000 computes without a pause: connections are made, and nobody takes them up',
    );
    expect(finding.evidence[0]).toBe(
      'api (pid 101, 1 thread) used 99 % of a core while it was watched',
    );
    expect(outcome(processBusy, busy(1, {}, 3)).result).toBe('fail');
  });

  it('finds half a core used by what is always ready to run', () => {
    const facts = queued(
      0,
      { state: 'R' },
      { facts: { ...unaccepted, processorShares: { 101: 0.5 } } },
    );
    expect(outcome(processBusy, facts).result).toBe('fail');
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
