import { describe, expect, it, test } from 'vitest';
import { diagnose, diagnoseMachine } from '../../src/diagnose/diagnose.ts';
import type { EndpointFacts } from '../../src/diagnose/facts.ts';
import type { DialAttempt, Symptom } from '../../src/model/diagnosis.ts';
import { endpointFacts, machineFacts, soundInterfaces } from '../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../support/scene.ts';
import { answered, served, soundTls, spoken } from './checks/connect-outcome.ts';

const lo = soundInterfaces.map((one) => ({ ...one, up: !one.loopback }));

const dialled = (address: string, outcome: DialAttempt['outcome']): DialAttempt => ({
  address,
  port: 3000,
  outcome,
  code: outcome === 'refused' ? 'ECONNREFUSED' : null,
  durationMs: 1,
});

const nobody = (given: Partial<EndpointFacts> = {}): EndpointFacts =>
  endpointFacts('127.0.0.1:3000', {
    facts: { attempts: [dialled('127.0.0.1', 'refused')], ...given },
  });

describe('a cause that explains the symptom', () => {
  it('is the answer', () => {
    const { verdict, answer, causes } = diagnose(nobody());
    expect(verdict).toBe('explained');
    expect(causes[0]).toMatchObject({ id: 'nothing-listens', explains: true, stage: 'listener' });
    expect(answer).toBe(causes[0]?.title);
  });

  it('comes before one that does not, whatever the order of the checks', () => {
    const facts = endpointFacts('127.0.0.1:3000', {
      network: { conntrack: { used: 100, limit: 100 } },
      facts: { attempts: [dialled('127.0.0.1', 'refused')] },
    });
    const explaining = diagnose(facts).causes.map(({ explains }) => explains);
    expect(explaining).toContain(true);
    expect(explaining).toContain(false);
    expect(explaining).toEqual(explaining.toSorted((a, b) => Number(b) - Number(a)));
  });

  it('brings its actions to what to do next, with the way to all that is known', () => {
    const { next, causes } = diagnose(nobody());
    expect(next[0]).toEqual(causes[0]?.actions[0]);
    expect(next.at(-1)?.command).toBe('homeport explain 127.0.0.1:3000');
    expect(next.length).toBeLessThanOrEqual(3);
    const told = next.map(({ command, label }) => `${command} ${label}`);
    expect(new Set(told).size).toBe(told.length);
  });
});

test('a symptom that no cause explains is said to be so', () => {
  const symptom: Symptom = { class: 'broken-pipe', role: 'client', from: 'message' };
  const facts = served('127.0.0.1:3000', spoken('http1'), { facts: { symptom } });
  const { verdict, answer } = diagnose(facts);
  expect(verdict).toBe('unexplained');
  expect(answer).toBe(
    '127.0.0.1:3000: the other end has closed the connection, and no check says why',
  );
});

describe('where it works', () => {
  it('the answer says who answers, and in what', () => {
    const { verdict, answer, causes } = diagnose(served('127.0.0.1:3000', spoken('http1')));
    expect(verdict).toBe('works');
    expect(answer).toBe('127.0.0.1:3000 works: server (pid 101) answers in http1');
    expect(causes.filter(({ explains }) => explains)).toEqual([]);
  });

  it('an answer of no page is an answer', () => {
    const facts = served('127.0.0.1:3000', spoken('http1'), { facts: answered(404, 'none') });
    expect(diagnose({ ...facts, path: '/none' }).answer).toMatch(
      /answers in http1, and GET \/none with 404$/,
    );
    expect(diagnose(facts).verdict).toBe('works');
  });

  it('two servers behind one name are told all the same', () => {
    const at = (inode: number, address: string, family: 'ipv4' | 'ipv6') =>
      socket(inode, { family, local: { address, port: 3000 }, v6only: null });
    const { verdict, causes } = diagnose(
      endpointFacts('localhost:3000', {
        sockets: [at(10, '::1', 'ipv6'), at(20, '127.0.0.1', 'ipv4')],
        holders: { 10: [101], 20: [102] },
        processes: [oneProcess(101, 1, { comm: 'one' }), oneProcess(102, 1, { comm: 'two' })],
        facts: {
          symptom: { class: 'none', role: 'unknown', from: 'nothing' },
          attempts: [dialled('::1', 'connected'), dialled('127.0.0.1', 'connected')],
          protocol: { value: spoken('http1'), durationMs: 1 },
        },
      }),
    );
    expect(verdict).toBe('works');
    expect(causes[0]).toMatchObject({ id: 'split-by-family', explains: true });
  });
});

describe('a bind', () => {
  it('is judged by other checks than a connection', () => {
    const symptom: Symptom = { class: 'address-in-use', role: 'server', from: 'message' };
    const { checks, verdict, causes } = diagnose(
      endpointFacts('127.0.0.1:3000', {
        sockets: [socket(10, { local: { address: '127.0.0.1', port: 3000 } })],
        holders: { 10: [101] },
        processes: [oneProcess(101, 1)],
        facts: { symptom, bindTrial: { reusing: 'EADDRINUSE', plain: 'EADDRINUSE' } },
      }),
    );
    const ids = checks.map(({ id }) => id);
    expect(ids).toContain('port-taken');
    expect(ids).not.toContain('nothing-listens');
    expect(verdict).toBe('explained');
    expect(causes[0]?.explains).toBe(true);
  });
});

test('every stage is told of, in the order of the way', () => {
  expect(diagnose(nobody()).stages.map(({ id }) => id)).toEqual([
    'name',
    'address',
    'route',
    'firewall',
    'listener',
    'accept-queue',
    'handshake',
    'tls',
    'protocol',
    'application',
  ]);
});

describe("the machine's checks of names", () => {
  const hostsFile = {
    path: '/etc/hosts',
    entries: [{ line: 1, address: '203.0.113.9', names: ['localhost'] }],
  };
  const causeOf = (text: string) =>
    diagnose(endpointFacts(text, { network: { hostsFile } })).causes.find(
      ({ id }) => id === 'hosts-file-elsewhere',
    );

  it('explain what localhost meets', () => {
    expect(causeOf('localhost:3000')?.explains).toBe(true);
  });

  it('not what another name does', () => {
    expect(causeOf('db.test:3000')).toBeUndefined();
  });
});

test('trouble of other programs is none of this connection, though doctor tells it', () => {
  const stopped = oneProcess(101, 1, { state: 'T', files: { open: 20, limit: 20 } });
  const told = {
    sockets: [socket(10, { local: { address: '127.0.0.1', port: 9999 } })],
    holders: { 10: [101] },
    processes: [stopped],
  };
  const { checks, causes } = diagnose(
    endpointFacts('127.0.0.1:3000', {
      ...told,
      facts: { attempts: [dialled('127.0.0.1', 'refused')] },
    }),
  );
  const failing = checks.filter(({ result }) => result === 'fail').map(({ id }) => id);
  expect(failing).toEqual(expect.arrayContaining(['processes-stopped', 'processes-at-file-limit']));
  expect(causes.map(({ id }) => id)).toEqual(['nothing-listens']);
});

test('one fact is one cause, whatever else it brings about', () => {
  const { causes, checks } = diagnoseMachine(
    machineFacts({
      snapshot: { interfaces: lo },
      facts: { trips: [{ family: 'ipv4', outcome: 'failed', code: 'ENETUNREACH', durationMs: 1 }] },
    }),
    { class: 'unreachable', role: 'client', from: 'message' },
  );
  expect(causes.map(({ id }) => id)).toEqual(['loopback-up']);
  expect(checks.find(({ id }) => id === 'loopback-trip')).toMatchObject({
    result: 'fail',
    why: 'follows from loopback-up',
  });
});

describe('too many files', () => {
  const symptom: Symptom = { class: 'too-many-files', role: 'unknown', from: 'message' };
  const full = {
    sockets: [socket(10, { local: { address: '127.0.0.1', port: 3000 } })],
    holders: { 10: [101] },
    processes: [oneProcess(101, 1, { comm: 'api', files: { open: 20, limit: 20 } })],
  };

  it('of a program that the message does not name may be, and is not the answer', () => {
    const { verdict, answer, causes } = diagnoseMachine(machineFacts(full), symptom);
    expect(verdict).toBe('unexplained');
    expect(answer).not.toContain('api');
    expect(causes).toMatchObject([{ id: 'processes-at-file-limit', explains: false }]);
  });

  it('of the whole system is everybody’s', () => {
    const network = { openFiles: { used: 100, limit: 100 } };
    const { verdict, causes } = diagnoseMachine(machineFacts({ ...full, network }), symptom);
    expect(verdict).toBe('explained');
    expect(causes[0]).toMatchObject({ id: 'open-files-room', explains: true });
  });

  it('is told of the server that was asked for, and of no other', () => {
    const causesAt = (text: string) =>
      diagnose(endpointFacts(text, { ...full, facts: { symptom } })).causes.filter(({ id }) =>
        ['processes-at-file-limit', 'open-file-limit'].includes(id),
      );
    expect(causesAt('127.0.0.1:3000')).toHaveLength(1);
    expect(causesAt('127.0.0.1:3001')).toEqual([]);
  });
});

describe('a message that names no endpoint', () => {
  const symptom: Symptom = { class: 'timeout', role: 'client', from: 'message' };

  it('is explained by the machine alone', () => {
    const facts = machineFacts({ snapshot: { interfaces: lo } });
    const { verdict, answer, causes, stages } = diagnoseMachine(facts, symptom);
    expect(verdict).toBe('explained');
    expect(answer).toBe(causes[0]?.title);
    expect(stages).toEqual([]);
  });

  it('is not explained where nothing is wrong with it', () => {
    const { verdict, answer, next } = diagnoseMachine(machineFacts(), symptom);
    expect(verdict).toBe('unexplained');
    expect(answer).toBe(
      'the message tells that nothing answers in time, and it names no endpoint to look at',
    );
    expect(next.map(({ command }) => command)).toEqual(['homeport why HOST:PORT']);
  });
});

test('a certificate that is not believed is told where https is asked for', () => {
  const trust = { authorized: false, error: 'DEPTH_ZERO_SELF_SIGNED_CERT', nameMatches: true };
  const facts = served('https://127.0.0.1:8443', spoken('http1', { tls: soundTls({ trust }) }), {
    facts: { symptom: { class: 'tls-untrusted', role: 'client', from: 'attempt' } },
  });
  expect(diagnose(facts).causes[0]).toMatchObject({ id: 'certificate-untrusted', explains: true });
});
