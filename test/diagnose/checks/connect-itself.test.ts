import { describe, expect, it } from 'vitest';
import { selfConnectHazard } from '../../../src/diagnose/checks/connect/self-connect-hazard.ts';
import { selfConnect } from '../../../src/diagnose/checks/connect/self-connect.ts';
import { unknown } from '../../../src/model/known.ts';
import { endpointFacts, type Told } from '../../support/diagnosis-facts.ts';
import { foundBy, outcome } from './connect-outcome.ts';
import { attempt, connection, running, server } from './connect-scene.ts';

const here = (port: number) => ({ address: '127.0.0.1', port });

describe('self-connect', () => {
  const itself = connection('established', here(40_000), here(40_000), { inode: 77 });
  const told: Told = {
    sockets: [itself],
    holders: { 77: [101] },
    processes: [running(101, ['/srv/shop/client'], '/srv/shop', { comm: 'client' })],
  };

  it('finds the connection that has one endpoint at both ends, and whose it is', () => {
    const finding = foundBy(selfConnect, endpointFacts('127.0.0.1:40000', told));
    expect(finding.title).toBe(
      'client (pid 101) that dialled 127.0.0.1:40000 is connected to itself: nobody listens there',
    );
    expect(finding.evidence).toContain("the kernel takes clients' ports from 32768–60999");
  });

  it('finds it where Homeport met itself', () => {
    const facts = { attempts: [attempt('127.0.0.1', 40_000, 'met-itself')] };
    const finding = foundBy(selfConnect, endpointFacts('127.0.0.1:40000', { facts }));
    expect(finding.title).toContain('a client that dialled 127.0.0.1:40000');
  });

  it.each([
    ['the two ends of another connection', connection('established', here(40_000), here(40_001))],
    [
      'equal ports of two addresses',
      connection('established', here(40_000), { address: '127.0.0.2', port: 40_000 }),
    ],
    ['another port', connection('established', here(40_002), here(40_002))],
    ['another namespace', { ...itself, namespace: 'net:[9]' }],
  ])('does not take %s for it', (_, socket) => {
    const facts = endpointFacts('127.0.0.1:40000', { sockets: [socket] });
    expect(outcome(selfConnect, facts).result).toBe('pass');
    expect(outcome(selfConnect, endpointFacts('udp://127.0.0.1:40000', told)).result).toBe(
      'not-applicable',
    );
  });
});

describe('self-connect-hazard', () => {
  it('warns of a free port that the kernel gives to clients', () => {
    const reservedPorts = [
      { first: 8080, last: 8080 },
      { first: 9000, last: 9010 },
    ];
    const finding = foundBy(
      selfConnectHazard,
      endpointFacts('127.0.0.1:40000', { machine: { reservedPorts } }),
    );
    expect(finding.severity).toBe('info');
    expect(finding.actions[0]?.command).toBe(
      'sudo sysctl -w net.ipv4.ip_local_reserved_ports=8080,9000-9010,40000',
    );
  });

  it.each([
    ['a port outside of the range', '127.0.0.1:3000', {}, 'pass'],
    [
      'a reserved one',
      '127.0.0.1:40000',
      { machine: { reservedPorts: [{ first: 40_000, last: 40_000 }] } },
      'pass',
    ],
    ['one that is listened on', '127.0.0.1:40000', server('127.0.0.1', 40_000), 'not-applicable'],
    ["another machine's", '192.168.1.77:40000', {}, 'not-applicable'],
    [
      'a range that was not read',
      '127.0.0.1:40000',
      { machine: { ephemeralRange: unknown('denied') } },
      'unknown',
    ],
  ])('does not blame %s', (_, text, told, result) => {
    expect(outcome(selfConnectHazard, endpointFacts(text, told)).result).toBe(result);
  });
});
