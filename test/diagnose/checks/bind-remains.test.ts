import { describe, expect, it } from 'vitest';
import { boundNotListening } from '../../../src/diagnose/checks/bind/bound-not-listening.ts';
import { connectionsRemain } from '../../../src/diagnose/checks/bind/connections-remain.ts';
import { freeNow } from '../../../src/diagnose/checks/bind/free-now.ts';
import { outgoingConnectionHoldsPort } from '../../../src/diagnose/checks/bind/outgoing-connection-holds-port.ts';
import { bindChecks } from '../../../src/diagnose/checks/bind/registry.ts';
import { timeWaitRemains } from '../../../src/diagnose/checks/bind/time-wait-remains.ts';
import type { BindTrial } from '../../../src/model/diagnosis.ts';
import { unknown } from '../../../src/model/known.ts';
import type { InetSocket } from '../../../src/model/socket.ts';
import type { Told } from '../../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../../support/scene.ts';
import {
  bindFacts,
  commandsOf,
  endOf,
  findingOf,
  free,
  inUse,
  listening,
  messageFrom,
  reusable,
} from './bind-facts.ts';

const at = '127.0.0.1:34567';
const port = 34_567;
const curl = oneProcess(77, 900, { comm: 'curl' });
const client: Told = { holders: { 70: [77] }, processes: [curl] };

/** One end of a connection, with the port as its own. */
const end = (inode: number, facts: Partial<InetSocket> = {}): InetSocket =>
  socket(inode, {
    state: 'established',
    local: { address: '127.0.0.1', port },
    remote: { address: '93.184.216.34', port: 443 },
    ...facts,
  });

const remains = (expiresInMs: number | null, facts: Partial<InetSocket> = {}): InetSocket =>
  end(0, {
    state: 'time-wait',
    remote: { address: '127.0.0.1', port: 51_000 },
    timer: expiresInMs === null ? null : { kind: 'time-wait', expiresInMs, retransmits: 0 },
    ...facts,
  });

const found = (told: Told, trial: BindTrial | null = inUse, text = at): readonly string[] =>
  bindChecks
    .filter((check) => check.judge(bindFacts(text, told, trial)).result === 'fail')
    .map(({ id }) => id);

describe('outgoing-connection-holds-port', () => {
  const told: Told = { ...client, sockets: [end(70)] };

  it('tells a connection that met itself from one with another', () => {
    const itself = end(70, { remote: { address: '127.0.0.1', port } });
    const facts = bindFacts(at, { ...client, sockets: [itself] });
    const finding = findingOf(outgoingConnectionHoldsPort, facts);
    expect(finding.title).toMatch(
      /^a connection that met itself holds .*: curl \(pid 77\) dialled/,
    );
    expect(finding.actions[0]?.label).toContain('it never ends');
  });

  it('names the client, its server, and how to keep the port from clients', () => {
    const finding = findingOf(outgoingConnectionHoldsPort, bindFacts(at, told));
    expect(finding.title).toBe(
      'an outgoing connection holds 127.0.0.1:34567: curl (pid 77) uses it to talk to 93.184.216.34:443',
    );
    expect(finding.evidence).toContain(
      'this kernel gives outgoing connections ports from 32768 to 60999, and 34567 is one of them',
    );
    expect(commandsOf(finding)).toEqual([
      'homeport explain pid:77',
      'sudo sysctl -w net.ipv4.ip_local_reserved_ports=34567',
      null,
    ]);
    expect(finding.actions[2]?.label).toContain('below 32768');
    expect(found(told)).toEqual(['outgoing-connection-holds-port']);
  });

  it('keeps the ports that are reserved already', () => {
    const reservedPorts = [
      { first: 8080, last: 8080 },
      { first: 9000, last: 9010 },
    ];
    const facts = bindFacts(at, { ...told, machine: { reservedPorts } });
    expect(commandsOf(findingOf(outgoingConnectionHoldsPort, facts))[1]).toBe(
      'sudo sysctl -w net.ipv4.ip_local_reserved_ports=8080,9000-9010,34567',
    );
  });

  it('offers no command that would lose reservations that could not be read', () => {
    const facts = bindFacts(at, { ...told, machine: { reservedPorts: unknown('denied') } });
    expect(commandsOf(findingOf(outgoingConnectionHoldsPort, facts)).join()).not.toContain(
      'sysctl',
    );
  });

  it('tells a client that chose the port itself', () => {
    const outside = { first: 49_152, last: 65_535 };
    const chosen = findingOf(
      outgoingConnectionHoldsPort,
      bindFacts(at, { ...told, machine: { ephemeralRange: outside } }),
    );
    expect(chosen.evidence.join()).toContain('the client asked for 34567 itself');
    expect(commandsOf(chosen).join()).not.toContain('sysctl');
    const reservedPorts = [{ first: port, last: port }];
    const reserved = findingOf(
      outgoingConnectionHoldsPort,
      bindFacts(at, { ...told, machine: { reservedPorts } }),
    );
    expect(reserved.evidence.join()).toContain('34567 is reserved');
  });

  it('meets a client of the loopback interface, whose server listens', () => {
    const server = listening(71, '127.0.0.1', 5432);
    const pair = [
      end(70, { remote: { address: '127.0.0.1', port: 5432 } }),
      end(72, {
        local: { address: '127.0.0.1', port: 5432 },
        remote: { address: '127.0.0.1', port },
      }),
    ];
    const both: Told = { ...client, sockets: [server, ...pair] };
    expect(findingOf(outgoingConnectionHoldsPort, bindFacts(at, both)).title).toContain(
      'to talk to 127.0.0.1:5432',
    );
    expect(found(both, inUse, '127.0.0.1:5432')).toEqual(['port-taken']);
  });

  it.each([
    ['the port of another address', at, [end(70, { local: { address: '127.0.0.2', port } })]],
    [
      'the same number at the other end',
      at,
      [
        end(70, {
          local: { address: '127.0.0.1', port: 41_000 },
          remote: { address: '10.0.0.1', port },
        }),
      ],
    ],
    ['another namespace', at, [end(70, { namespace: 'net:[2]' })]],
  ] as const)('passes %s', (_, text, sockets) => {
    expect(endOf(outgoingConnectionHoldsPort, bindFacts(text, { ...client, sockets }))).toBe(
      'pass',
    );
  });

  it('passes where the kernel gives the port', () => {
    expect(endOf(outgoingConnectionHoldsPort, bindFacts(at, told, free))).toBe('pass');
  });
});

describe('bound-not-listening', () => {
  const told: Told = {
    ...client,
    sockets: [end(70, { state: 'bound-inactive', remote: { address: '0.0.0.0', port: 0 } })],
  };

  it('names the program that has it bound', () => {
    const finding = findingOf(boundNotListening, bindFacts(at, told));
    expect(finding.title).toBe('curl (pid 77) has 127.0.0.1:34567 bound and does not listen on it');
    expect(commandsOf(finding)).toEqual(['homeport explain pid:77', 'kill -TERM 77', null]);
    expect(found(told)).toEqual(['bound-not-listening']);
  });

  it('asks root where the program may not be seen', () => {
    const finding = findingOf(boundNotListening, bindFacts(at, { ...told, holders: {} }));
    expect(finding.title).toContain('a program that may not be seen');
    expect(finding.actions[0]).toMatchObject({
      command: 'sudo homeport why 34567',
      needsRoot: true,
    });
  });

  it('tells what SO_REUSEADDR means to it', () => {
    expect(findingOf(boundNotListening, bindFacts(at, told, reusable)).evidence.join()).toContain(
      'whichever listens first',
    );
    const facts = { message: messageFrom('node') };
    expect(endOf(boundNotListening, bindFacts(at, { ...told, facts }, reusable))).toBe(
      'not-applicable',
    );
  });

  it.each([
    ['an old kernel', { machine: { kernel: '6.1.0-18-amd64' } }, '6.1.0-18-amd64 lists sockets'],
    [
      'text tables',
      { machine: { kernel: '6.12.1' }, snapshot: { backend: 'procfs' } },
      '/proc/net',
    ],
  ] as const)('concludes it with %s, which lists no such socket', (_, machine, why) => {
    const finding = findingOf(boundNotListening, bindFacts(at, machine));
    expect(finding.title).toContain('some program has it bound and does not listen');
    expect(finding.evidence.join()).toContain(why);
    expect(commandsOf(finding)[0]).toBe("sudo lsof -nP | grep 'protocol: TCP'");
  });

  it('concludes nothing where such sockets are listed, or the port is free', () => {
    const machine = { kernel: '6.8.0' };
    expect(endOf(boundNotListening, bindFacts(at, { machine }))).toBe('pass');
    expect(endOf(boundNotListening, bindFacts(at, { machine: { kernel: '7.0.1' } }))).toBe('pass');
    expect(endOf(boundNotListening, bindFacts(at, told, free))).toBe('not-applicable');
    expect(endOf(boundNotListening, bindFacts(`udp://${at}`, told))).toBe('not-applicable');
    expect(endOf(boundNotListening, bindFacts(at, {}, null))).toBe('pass');
  });
});

describe('connections-remain', () => {
  const accepted = end(70, { remote: { address: '10.0.0.9', port: 51_000 } });
  const text = '127.0.0.1:8080';
  const left = { ...accepted, local: { address: '127.0.0.1', port: 8080 } };
  const told: Told = { ...client, sockets: [left] };

  it('names the server that no longer listens', () => {
    const finding = findingOf(connectionsRemain, bindFacts(text, told, reusable));
    expect(finding.title).toBe(
      'curl (pid 77) no longer listens on 127.0.0.1:8080, and still has a connection there',
    );
    expect(finding.evidence.join()).toContain('no obstacle to a server that sets SO_REUSEADDR');
    expect(found(told, reusable, text)).toEqual(['connections-remain']);
  });

  it('passes the connections of a server that listens', () => {
    const sockets = [listening(71, '127.0.0.1', 8080), left];
    expect(found({ ...client, sockets }, inUse, text)).toEqual(['port-taken']);
    expect(endOf(connectionsRemain, bindFacts(text, told, free))).toBe('not-applicable');
  });
});

describe('time-wait-remains', () => {
  const told: Told = { sockets: [remains(41_200), remains(12_000)] };

  it('says when the port frees itself, and what the server should set', () => {
    const finding = findingOf(timeWaitRemains, bindFacts(at, told, reusable));
    expect(finding.title).toBe(
      'nobody has 127.0.0.1:34567 any more: only what is left of 2 closed connections from before keeps it, and frees it by itself in 42 s',
    );
    expect(finding.evidence).toContain(
      'binding 127.0.0.1:34567 fails with EADDRINUSE now, and with SO_REUSEADDR it succeeds',
    );
    expect(finding.evidence.join()).toContain('the one that failed does not set it');
    expect(finding.actions.map(({ label }) => label).join()).toContain('SO_REUSEADDR');
    expect(found(told, reusable)).toEqual(['time-wait-remains']);
  });

  it('tells remains that SO_REUSEADDR does not pass', () => {
    expect(findingOf(timeWaitRemains, bindFacts(at, told, inUse)).evidence.join()).toContain(
      'SO_REUSEADDR does not help this time',
    );
  });

  it('counts what else the kernel keeps without a process', () => {
    const sockets = [remains(null, { state: 'last-ack' })];
    expect(findingOf(timeWaitRemains, bindFacts(at, { sockets })).title).toContain(
      'within a minute or so',
    );
  });

  it('is no obstacle to a server that sets SO_REUSEADDR', () => {
    const facts = { message: messageFrom('node') };
    expect(endOf(timeWaitRemains, bindFacts(at, { ...told, facts }, reusable))).toBe('pass');
    expect(found({ ...told, facts }, reusable)).toEqual(['free-now']);
    expect(found({ ...told, facts }, inUse)).toEqual(['time-wait-remains']);
  });

  it('does not apply where somebody holds the port, or nobody does', () => {
    const sockets = [remains(41_200), listening(71, '127.0.0.1', port)];
    expect(endOf(timeWaitRemains, bindFacts(at, { sockets }))).toBe('not-applicable');
    expect(endOf(timeWaitRemains, bindFacts(at, told, free))).toBe('not-applicable');
    expect(endOf(timeWaitRemains, bindFacts(at))).toBe('pass');
  });
});

describe('free-now', () => {
  it('says that the port is free, and who had it as far as that is told', () => {
    expect(findingOf(freeNow, bindFacts(at, {}, free)).evidence).toContain(
      'no trace is left of who had it',
    );
    const facts = { message: messageFrom('go') };
    const finding = findingOf(
      freeNow,
      bindFacts(at, { sockets: [remains(41_200)], facts }, reusable),
    );
    expect(finding.evidence).toContain(
      'a connection with 127.0.0.1:51000 was closed there 19 s ago: its server had the port then',
    );
  });

  it('passes where the port is held', () => {
    expect(endOf(freeNow, bindFacts(at))).toBe('pass');
    expect(endOf(freeNow, bindFacts(at, {}, reusable))).toBe('pass');
    expect(endOf(freeNow, bindFacts(at, {}, null))).toBe('unknown');
    expect(endOf(freeNow, bindFacts(at, {}, free, 'permission-denied'))).toBe('not-applicable');
  });
});
