import { describe, expect, it, test } from 'vitest';
import { answersNow } from '../../../src/diagnose/checks/connect/answers-now.ts';
import { applicationSilent } from '../../../src/diagnose/checks/connect/application-silent.ts';
import { firewallUnread } from '../../../src/diagnose/checks/connect/firewall-unread.ts';
import { unknownProtocol } from '../../../src/diagnose/checks/connect/unknown-protocol.ts';
import type { DialAttempt, Symptom } from '../../../src/model/diagnosis.ts';
import type { FailureClass } from '../../../src/model/failure.ts';
import { unknown } from '../../../src/model/known.ts';
import type { Conduct } from '../../../src/model/protocol.ts';
import { endpointFacts } from '../../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../../support/scene.ts';
import { answered, foundBy, outcome, served, spoken, told } from './connect-outcome.ts';
import { attempt, server } from './connect-scene.ts';

const met = (failure: FailureClass): Symptom => ({
  class: failure,
  role: 'client',
  from: failure === 'none' ? 'nothing' : 'attempt',
});

const mute = (conduct: Conduct) => ({ status: 'unrecognised', evidence: ['x'], conduct }) as const;

const silent = {
  application: {
    value: unknown('unsupported', 'no answer came within 3000 ms'),
    durationMs: 3000,
    unanswered: 'silent',
  },
} as const;

describe('application-silent', () => {
  test('a page that is not answered, with what is known of who should', () => {
    const finding = foundBy(
      applicationSilent,
      served('http://localhost:3000', spoken('http1'), {
        facts: { symptom: met('timeout'), ...silent, processorShares: { 101: 0.98 } },
      }),
    );
    expect(finding.title).toBe(
      'server (pid 101) at localhost:3000 accepts a request and does not answer it',
    );
    expect(finding.evidence).toEqual([
      'GET /: no answer came within 3000 ms',
      'server (pid 101) used 98 % of a core while it was watched',
    ]);
    expect(finding.actions.map(({ command }) => command)).toEqual([
      'homeport explain pid:101',
      'ps -L -p 101 -o pid,lwp,stat,wchan:32,comm',
    ]);
  });

  test('what it waits for itself is named first', () => {
    const facts = served('http://localhost:3000', spoken('http1'), {
      sockets: [
        socket(10, { local: { address: '127.0.0.1', port: 3000 } }),
        socket(11, {
          state: 'syn-sent',
          local: { address: '127.0.0.1', port: 40_000 },
          remote: { address: '127.0.0.1', port: 5432 },
        }),
      ],
      holders: { 10: [101], 11: [101] },
      facts: { symptom: met('timeout'), ...silent },
    });
    const finding = foundBy(applicationSilent, facts);
    expect(finding.title).toMatch(/does not answer it: it waits for 127\.0\.0\.1:5432 itself$/);
    expect(finding.actions[0]?.command).toBe('homeport why 127.0.0.1:5432');
  });

  test('a server without a word, only where an answer was awaited', () => {
    const at = (facts: Parameters<typeof served>[2]) =>
      outcome(applicationSilent, served('localhost:4000', mute('silent'), facts)).result;
    expect(at({ facts: { met: met('timeout'), ...told('timeout') } })).toBe('fail');
    expect(at({})).toBe('not-applicable');
    expect(
      outcome(
        applicationSilent,
        served('localhost:4000', mute('answered'), { facts: told('timeout') }),
      ).result,
    ).toBe('not-applicable');
  });

  test('not where it answers, nor where nobody accepts', () => {
    const well = served('http://localhost:3000', spoken('http1'), { facts: answered(404, '') });
    expect(outcome(applicationSilent, well).result).toBe('pass');
    const waiting = endpointFacts('127.0.0.1:3000', {
      ...server('127.0.0.1', 3000),
      facts: { symptom: met('timeout'), attempts: [attempt('127.0.0.1', 3000, 'connected')] },
    });
    expect(outcome(applicationSilent, waiting).result).toBe('not-applicable');
  });
});

describe('unknown-protocol', () => {
  it.each<[string, Conduct, string]>([
    ['http://localhost:3000', 'answered', 'fail'],
    ['postgres://localhost:3000', 'answered', 'fail'],
    ['localhost:3000', 'answered', 'not-applicable'],
    // No server of this protocol could be recognised.
    ['mssql://localhost:3000', 'answered', 'not-applicable'],
    ['http://localhost:3000', 'silent', 'not-applicable'],
  ])('%s, where it has %s: %s', (text, conduct, result) => {
    expect(outcome(unknownProtocol, served(text, mute(conduct))).result).toBe(result);
  });

  test('names what was expected', () => {
    expect(foundBy(unknownProtocol, served('https://localhost:3000', mute('answered'))).title).toBe(
      'server (pid 101) at localhost:3000 answers, and not in HTTP over TLS: what it speaks is not known',
    );
    const known = served('http://localhost:3000', spoken('http1'));
    expect(outcome(unknownProtocol, known).result).toBe('not-applicable');
  });
});

describe('firewall-unread', () => {
  const denied = { firewall: unknown('denied', 'only root may read it') } as const;
  const at = (how: DialAttempt['outcome'], network: object = denied) =>
    endpointFacts('127.0.0.1:3000', {
      ...server('127.0.0.1', 3000),
      network,
      facts: { attempts: [attempt('127.0.0.1', 3000, how)] },
    });

  it.each<[DialAttempt['outcome'], string]>([
    ['refused', 'fail'],
    ['timed-out', 'fail'],
    ['no-route', 'fail'],
    ['denied', 'fail'],
    ['connected', 'not-applicable'],
    ['met-itself', 'not-applicable'],
  ])('an attempt that is %s though somebody listens: %s', (how, result) => {
    expect(outcome(firewallUnread, at(how)).result).toBe(result);
  });

  test('has root read the rules', () => {
    const finding = foundBy(firewallUnread, at('refused'));
    expect(finding.title).toMatch(
      /^it may be a firewall that keeps connections from 127\.0\.0\.1:3000/,
    );
    expect(finding.actions[0]).toMatchObject({
      command: 'sudo homeport why 127.0.0.1:3000',
      needsRoot: true,
    });
  });

  test('not where the rules were read, nobody listens, or the queue is full', () => {
    expect(outcome(firewallUnread, at('refused', {})).result).toBe('not-applicable');
    const nobody = endpointFacts('127.0.0.1:3000', {
      network: denied,
      facts: { attempts: [attempt('127.0.0.1', 3000, 'refused')] },
    });
    expect(outcome(firewallUnread, nobody).result).toBe('not-applicable');
    const full = endpointFacts('127.0.0.1:3000', {
      ...server('127.0.0.1', 3000),
      sockets: [
        socket(10, {
          local: { address: '127.0.0.1', port: 3000 },
          acceptQueue: { length: 6, limit: 5 },
        }),
      ],
      network: denied,
      facts: { attempts: [attempt('127.0.0.1', 3000, 'timed-out')] },
    });
    expect(outcome(firewallUnread, full).result).toBe('not-applicable');
    const unread = { ...nobody, network: unknown('unsupported') };
    expect(outcome(firewallUnread, unread).result).toBe('unknown');
  });
});

describe('answers-now', () => {
  const late = (failure: FailureClass, now: FailureClass = 'none', startedAt?: string) =>
    served('127.0.0.1:3000', spoken('http1'), {
      processes: [
        oneProcess(101, 1, { comm: 'server', ...(startedAt === undefined ? {} : { startedAt }) }),
      ],
      facts: { ...told(failure), met: met(now) },
    });

  it.each<[FailureClass, FailureClass, string]>([
    ['connection-refused', 'none', 'fail'],
    ['unreachable', 'none', 'fail'],
    ['timeout', 'none', 'fail'],
    ['broken-pipe', 'none', 'fail'],
    ['timeout', 'timeout', 'not-applicable'],
    ['connection-refused', 'timeout', 'fail'],
    ['tls-untrusted', 'none', 'not-applicable'],
    ['address-in-use', 'none', 'not-applicable'],
  ])('told %s, met %s: %s', (failure, now, result) => {
    expect(outcome(answersNow, late(failure, now)).result).toBe(result);
  });

  it.each([
    ['2026-11-21T11:59:48.000Z', '12 s', /before the server was up/],
    ['2026-11-21T11:50:00.000Z', '10 min', /before the server was up/],
    ['2026-11-21T08:00:00.000Z', '4 h', /in a container/],
    ['2026-11-11T12:00:00.000Z', '10 days', /in a container/],
  ])('says since when: %s', (startedAt, age, cause) => {
    const finding = foundBy(answersNow, late('connection-refused', 'none', startedAt));
    expect(finding.title).toBe(
      `127.0.0.1:3000 answers now: server (pid 101), started ${age} ago, takes them up`,
    );
    expect(finding.benignCauses[0]).toMatch(cause);
    expect(finding.actions[1]?.command).toBe('homeport wait 127.0.0.1:3000');
  });

  test('says what is met instead', () => {
    expect(foundBy(answersNow, late('connection-refused', 'timeout')).title).toMatch(
      /^127\.0\.0\.1:3000 accepts connections now: .*, and nothing answers in time$/,
    );
  });

  test('not of an attempt of Homeport’s own, nor where one address refuses still', () => {
    const facts = late('connection-refused');
    expect(outcome(answersNow, { ...facts, symptom: met('none') }).result).toBe('not-applicable');
    const attempts = [...facts.attempts, attempt('::1', 3000, 'refused')];
    expect(outcome(answersNow, { ...facts, attempts }).result).toBe('not-applicable');
  });
});
