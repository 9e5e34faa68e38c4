import { describe, expect, it } from 'vitest';
import { acceptQueueFull } from '../../../src/diagnose/checks/connect/accept-queue-full.ts';
import { notAccepting } from '../../../src/diagnose/checks/connect/not-accepting.ts';
import { unknown } from '../../../src/model/known.ts';
import { endpointFacts } from '../../support/diagnosis-facts.ts';
import { foundBy, outcome } from './connect-outcome.ts';
import { asked, port, queued, unaccepted } from './connect-queued.ts';
import { connection } from './connect-scene.ts';

describe('accept-queue-full', () => {
  it('finds more connections than the backlog allows', () => {
    const finding = foundBy(acceptQueueFull, queued(6));
    expect(finding.title).toBe(
      'api (pid 101) on 127.0.0.1:3000 does not accept, and its queue is full: the kernel drops new connections',
    );
    expect(finding.severity).toBe('critical');
    expect(finding.evidence).toEqual([
      '6 connections wait to be accepted; the backlog is 5',
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
