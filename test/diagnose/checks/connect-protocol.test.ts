import { describe, expect, test } from 'vitest';
import { closedByServer } from '../../../src/diagnose/checks/connect/closed-by-server.ts';
import { http2Only } from '../../../src/diagnose/checks/connect/http2-only.ts';
import { wrongProtocol } from '../../../src/diagnose/checks/connect/wrong-protocol.ts';
import { unknown } from '../../../src/model/known.ts';
import { oneProcess, socket } from '../../support/scene.ts';
import {
  answered,
  foundBy,
  message,
  outcome,
  served,
  soundTls,
  spoken,
  told,
} from './connect-outcome.ts';

describe('wrong protocol', () => {
  const titleOf = (url: string, id: string) =>
    foundBy(wrongProtocol, served(url, spoken(id))).title;

  test('names both', () => {
    expect(titleOf('http://localhost:5432', 'postgres')).toMatch(
      / at localhost:5432 speaks PostgreSQL, and the client expects HTTP$/,
    );
    expect(titleOf('http://localhost:6379', 'redis')).toMatch(/speaks Redis, .* expects HTTP$/);
    expect(titleOf('http://localhost:3306', 'mysql')).toMatch(/speaks MySQL, .* expects HTTP$/);
    expect(titleOf('https://localhost:22', 'ssh')).toMatch(/speaks SSH, .* expects HTTP$/);
    expect(titleOf('postgres://localhost:8000', 'http1')).toMatch(
      /speaks HTTP, .* expects PostgreSQL$/,
    );
  });

  test('offers the right client, and the other port of the same process', () => {
    const facts = served('http://localhost:5672', spoken('amqp'), {
      sockets: [
        socket(10, { local: { address: '127.0.0.1', port: 5672 } }),
        socket(11, { local: { address: '127.0.0.1', port: 15_672 } }),
        socket(12, { local: { address: '127.0.0.1', port: 9999 } }),
      ],
      holders: { 10: [101], 11: [101], 12: [102] },
      processes: [oneProcess(101, 1, { comm: 'beam.smp' }), oneProcess(102, 1)],
    });
    const finding = foundBy(wrongProtocol, facts);
    expect(finding.evidence).toContain('the same process listens on 127.0.0.1:15672 too');
    expect(finding.evidence.join()).not.toContain('9999');
    expect(finding.actions.map(({ command }) => command)).toEqual([
      'homeport explain 127.0.0.1:15672',
    ]);
    const postgres = served('http://localhost:5432', spoken('postgres'));
    expect(foundBy(wrongProtocol, postgres).actions[0]?.command).toBe('psql -h localhost -p 5432');
  });

  test('a message that says so needs no more than what the server speaks', () => {
    const client = served('localhost:3306', spoken('mysql'), { facts: told('wrong-protocol') });
    expect(foundBy(wrongProtocol, client).title).toMatch(
      /speaks MySQL, which its client does not expect$/,
    );
    const server = served('localhost:5432', spoken('postgres'), {
      facts: { symptom: { class: 'wrong-protocol', role: 'server', from: 'message' } },
    });
    expect(foundBy(wrongProtocol, server).title).toMatch(
      /^a client of something else than PostgreSQL connects to /,
    );
  });

  test('the same protocol under another name is the same', () => {
    const same = [
      ['http://localhost:9200', 'elasticsearch', { over: 'HTTP/1.1' }],
      ['http://localhost:5173', 'http1', {}],
      ['https://localhost:8443', 'http2', {}],
      ['mariadb://localhost:3306', 'mysql', {}],
      ['valkey://localhost:6379', 'redis', {}],
      ['http://localhost:50051', 'grpc', { over: 'HTTP/2' }],
    ] as const;
    for (const [url, id, details] of same) {
      expect(outcome(wrongProtocol, served(url, spoken(id, { details }))).result).toBe('pass');
    }
  });

  test('what can not be told is not judged', () => {
    expect(outcome(wrongProtocol, served('localhost:3000', spoken('redis'))).result).toBe(
      'not-applicable',
    );
    expect(outcome(wrongProtocol, served('bolt://localhost:7687', spoken('http1'))).result).toBe(
      'not-applicable',
    );
    expect(outcome(wrongProtocol, served('http://localhost:3000', spoken('tls'))).result).toBe(
      'not-applicable',
    );
  });
});

describe('HTTP/2 alone', () => {
  const grpc = spoken('grpc', { name: 'gRPC', details: { over: 'HTTP/2' } });

  test('in the clear', () => {
    const finding = foundBy(
      http2Only,
      served('http://localhost:8080', spoken('http2', { name: 'HTTP/2' })),
    );
    expect(finding.title).toMatch(/speaks HTTP\/2 alone: a client of HTTP\/1\.1 gets bytes/);
    expect(finding.actions[0]?.command).toBe(
      'curl -i --http2-prior-knowledge http://localhost:8080/',
    );
    expect(foundBy(http2Only, served('http://localhost:50051', grpc)).actions[0]?.command).toBe(
      'grpcurl -plaintext localhost:50051 list',
    );
  });

  test('within TLS, only where HTTP/1.1 was refused', () => {
    const secure = spoken('http2', { tls: soundTls({ alpn: 'h2' }) });
    expect(outcome(http2Only, served('https://localhost:8443', secure)).result).toBe(
      'not-applicable',
    );
    const value = unknown('unsupported', 'it refuses HTTP/1.1 in the TLS handshake (ALPN)');
    const refused = served('https://localhost:8443', secure, {
      facts: { application: { value, durationMs: 1, unanswered: 'not-offered' } },
    });
    expect(outcome(http2Only, refused).result).toBe('fail');
  });

  test('not where it answers both, or the client speaks it', () => {
    const both = served('http://localhost:8080', spoken('http2'), { facts: answered(200, '') });
    expect(outcome(http2Only, both).result).toBe('pass');
    expect(outcome(http2Only, served('grpc://localhost:50051', grpc)).result).toBe(
      'not-applicable',
    );
    expect(outcome(http2Only, served('http://localhost:8080', spoken('http1'))).result).toBe(
      'not-applicable',
    );
  });
});

describe('closed by the server', () => {
  const hangingUp = {
    status: 'unrecognised',
    evidence: ['accepts connections', 'in words that may change'],
    conduct: 'closed-at-once',
  } as const;

  test('at once', () => {
    expect(foundBy(closedByServer, served('localhost:4000', hangingUp)).title).toMatch(
      /accepts a connection and closes it at once, before a word is said$/,
    );
  });

  test('at once by a program that forwards: nothing answers at its other end', () => {
    const argv = ['ssh', '-N', '-L', '4000:localhost:4000', 'far'];
    const facts = served('localhost:4000', hangingUp, {
      argv,
      processes: [oneProcess(101, 1, { comm: 'ssh', argv })],
    });
    expect(foundBy(closedByServer, facts).title).toMatch(
      /forwards localhost:4000, and nothing answers at the other end$/,
    );
  });

  test('upon the first words', () => {
    const value = unknown('gone', 'it closed the connection without an answer');
    const asked = (unanswered: 'closed' | 'reset') =>
      served('http://localhost:4000', spoken('http1'), {
        facts: { application: { value, durationMs: 1, unanswered } },
      });
    expect(foundBy(closedByServer, asked('closed')).title).toMatch(/closes it without an answer$/);
    expect(foundBy(closedByServer, asked('reset')).title).toMatch(/resets it without an answer$/);
  });

  test('by a reset before connecting was over', () => {
    const facts = served(
      'localhost:4000',
      { status: 'not-probed', why: 'no connection' },
      {
        facts: {
          attempts: [
            {
              address: '127.0.0.1',
              port: 4000,
              outcome: 'reset',
              code: 'ECONNRESET',
              durationMs: 1,
            },
          ],
        },
      },
    );
    expect(foundBy(closedByServer, facts).title).toMatch(
      /resets it at once, before a word is said$/,
    );
    const nobody = { ...facts, answering: [] };
    expect(outcome(closedByServer, nobody).result).toBe('not-applicable');
  });

  test('upon what is none of its protocol, only where that was met', () => {
    const closing = { status: 'unrecognised', evidence: ['x'], conduct: 'closed' } as const;
    expect(outcome(closedByServer, served('localhost:4000', closing)).result).toBe(
      'not-applicable',
    );
    const met = { class: 'connection-reset', role: 'client', from: 'attempt' } as const;
    expect(
      outcome(closedByServer, served('localhost:4000', closing, { facts: { met } })).result,
    ).toBe('fail');
  });

  test('now wins over a restart that may have been it', () => {
    const lately = {
      processes: [oneProcess(101, 1, { comm: 'server', startedAt: '2026-11-21T11:59:48.000Z' })],
    };
    const facts = { ...told('connection-reset') };
    expect(
      foundBy(closedByServer, served('localhost:4000', hangingUp, { ...lately, facts })).title,
    ).toMatch(/closes it at once/);
    const attempt = { class: 'connection-reset', role: 'client', from: 'attempt' } as const;
    expect(
      outcome(
        closedByServer,
        served('localhost:4000', spoken('http1'), { ...lately, facts: { symptom: attempt } }),
      ).result,
    ).toBe('pass');
  });

  test('by a restart, for who was cut off', () => {
    const started = (startedAt: string) => ({
      processes: [oneProcess(101, 1, { comm: 'server', startedAt })],
      facts: told('connection-reset'),
    });
    const lately = served('localhost:4000', spoken('http1'), started('2026-11-21T11:59:48.000Z'));
    expect(foundBy(closedByServer, lately).title).toMatch(
      /was started 12 s ago: connections to the one before it may have been cut$/,
    );
    const before = served('localhost:4000', spoken('http1'), started('2026-11-21T11:00:00.000Z'));
    expect(outcome(closedByServer, before).result).toBe('pass');
  });

  test('for being idle, for who was cut off', () => {
    const idle = answered(200, 'ok', { 'keep-alive': 'timeout=5' });
    const facts = { ...told('broken-pipe'), ...idle };
    expect(
      foundBy(closedByServer, served('localhost:4000', spoken('http1'), { facts })).title,
    ).toMatch(/closes connections that are idle for 5 s/);
    const well = served('localhost:4000', spoken('http1'), { facts: idle });
    expect(outcome(closedByServer, well).result).toBe('pass');
  });

  test('not where a server is merely silent', () => {
    const silent = { status: 'unrecognised', evidence: ['does not speak first'] } as const;
    const facts = message('connection-reset', 'read ECONNRESET');
    expect(outcome(closedByServer, served('localhost:4000', silent, { facts })).result).toBe(
      'not-applicable',
    );
  });
});
