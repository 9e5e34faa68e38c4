import { describe, expect, it } from 'vitest';
import { notListeningYet } from '../../../src/diagnose/checks/connect/not-listening-yet.ts';
import { nothingListens } from '../../../src/diagnose/checks/connect/nothing-listens.ts';
import { portZero } from '../../../src/diagnose/checks/connect/port-zero.ts';
import { judgeChecks } from '../../../src/diagnose/judge-checks.ts';
import { rootCauses } from '../../../src/diagnose/root-causes.ts';
import { endpointFacts, type Told } from '../../support/diagnosis-facts.ts';
import { foundBy, message, outcome } from './connect-outcome.ts';
import { listening, running, server } from './connect-scene.ts';

describe('port-zero', () => {
  it('says that nobody has it, and whose port is meant', () => {
    const finding = foundBy(portZero, endpointFacts('localhost:0'));
    expect(finding.title).toContain('port 0 is no port');
    expect(finding.evidence[0]).toContain('a free port that the kernel picks');
    expect(finding.actions[0]?.command).toBe('homeport ls');
  });

  it('tells a message that names port 0 from one that names a host alone', () => {
    const asked = (ports: readonly (number | null)[]) => {
      const { message: text } = message('connection-refused', 'connect ECONNREFUSED 127.0.0.1:0');
      const endpoints = ports.map((port) => ({ host: '127.0.0.1', port }));
      return endpointFacts('127.0.0.1:0', {
        facts: { message: text === null ? null : { ...text, endpoints } },
      });
    };
    expect(outcome(portZero, asked([0])).result).toBe('fail');
    expect(outcome(portZero, asked([null])).result).toBe('not-applicable');
    expect(outcome(portZero, endpointFacts('localhost:1')).result).toBe('not-applicable');
  });
});

describe('not-listening-yet', () => {
  const bound = (facts: Parameters<typeof listening>[3] = {}, address = '127.0.0.1'): Told => ({
    sockets: [listening(10, address, 3000, { state: 'bound-inactive', ...facts })],
    holders: { 10: [101] },
    processes: [running(101, ['node', 'server.js'])],
  });

  it('names who has bound the port', () => {
    const finding = foundBy(notListeningYet, endpointFacts('127.0.0.1:3000', bound()));
    expect(finding.title).toBe(
      'node (pid 101) has bound 127.0.0.1:3000 and does not listen (yet): connections to it are refused',
    );
    expect(finding.actions.map(({ command }) => command)).toEqual([
      'homeport explain pid:101',
      'homeport wait 127.0.0.1:3000',
    ]);
  });

  it('is what nothing-listens follows from', () => {
    const facts = endpointFacts('localhost:3000', bound());
    const ids = rootCauses(judgeChecks([notListeningYet, nothingListens], facts)).findings;
    expect(ids.map(({ finding }) => finding.id)).toEqual(['not-listening-yet']);
  });

  it('finds one on every address, and one that nobody may see', () => {
    const wide = endpointFacts('127.0.0.1:3000', { ...bound({}, '::'), holders: {} });
    expect(foundBy(notListeningYet, wide)).toMatchObject({
      title:
        'a program that may not be seen has bound [::]:3000 and does not listen (yet): connections to it are refused',
      actions: [{ command: 'sudo homeport why 3000', needsRoot: true }, {}],
    });
  });

  it.each([
    ['a listener', '127.0.0.1:3000', server('127.0.0.1', 3000), 'pass'],
    ['another address', '127.0.0.1:3000', bound({}, '127.0.0.2'), 'pass'],
    ['another port', '127.0.0.1:3001', bound(), 'pass'],
    ['another namespace', '127.0.0.1:3000', bound({ namespace: 'net:[9]' }), 'pass'],
    ['a socket that is closed', '127.0.0.1:3000', bound({ state: 'time-wait' }), 'pass'],
    ['UDP', 'udp://127.0.0.1:3000', bound(), 'not-applicable'],
  ])('does not blame %s', (_, text, told, result) => {
    expect(outcome(notListeningYet, endpointFacts(text, told)).result).toBe(result);
  });
});
