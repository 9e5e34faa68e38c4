import { describe, expect, it } from 'vitest';
import { pairConnections } from '../../src/explain/connections.ts';
import { judgeProcesses } from '../../src/explain/judgement.ts';
import { indexSnapshot } from '../../src/explain/snapshot-index.ts';
import { takeSnapshot } from '../../src/host/snapshot.ts';
import type { Connection } from '../../src/model/connection.ts';
import type { InetSocket, SocketAddress } from '../../src/model/socket.ts';
import { hostOf, oneProcess, socket } from '../support/scene.ts';

const at = (address: string, port: number): SocketAddress => ({ address, port });

const connected = (
  inode: number,
  local: SocketAddress,
  remote: SocketAddress,
  facts: Partial<InetSocket> = {},
): InetSocket => socket(inode, { state: 'established', local, remote, ...facts });

const machine = {
  ...hostOf({ sockets: [], holders: [], processes: [] }).host.machine(),
  ephemeralRange: { first: 32_768, last: 60_999 },
};

/** Pairs a machine's sockets; the process `inode / 10` holds each. */
const pair = async (...sockets: readonly InetSocket[]): Promise<readonly Connection[]> => {
  const seen = sockets.filter(({ inode }) => inode !== 0);
  const { host } = hostOf(
    {
      sockets: [sockets],
      holders: [Object.fromEntries(seen.map(({ inode }) => [inode, [inode / 10]]))],
      processes: seen.map(({ inode }) => oneProcess(inode / 10, 1)),
    },
    { machine: () => machine },
  );
  const query = { states: 'all', unix: false, otherNamespaces: false, holdersOf: 'all' } as const;
  const snapshot = await takeSnapshot(host, query, new AbortController().signal, () => 0);
  return pairConnections(judgeProcesses(indexSnapshot(snapshot)));
};

const [client, server] = [at('127.0.0.1', 40_000), at('127.0.0.1', 8000)];
const listener = socket(100, { local: server });

describe('both ends of a connection are one row', () => {
  it('with the end that is listened on as the server', async () => {
    const rows = await pair(
      listener,
      connected(200, client, server),
      connected(110, server, client),
    );
    expect(rows).toMatchObject([
      { direction: 'listener', client: { pid: 20, port: 40_000 }, server: { pid: 11, port: 8000 } },
    ]);
  });

  it('whichever is read first, and where one is IPv4-mapped', async () => {
    const mapped = { family: 'ipv6' } as const;
    const there = connected(
      110,
      at('::ffff:127.0.0.1', 8000),
      at('::ffff:127.0.0.1', 40_000),
      mapped,
    );
    const rows = await pair(
      there,
      connected(200, client, server),
      socket(100, { local: at('::', 8000), ...mapped }),
    );
    expect(rows).toMatchObject([
      { direction: 'listener', client: { pid: 20 }, server: { pid: 11 } },
    ]);
  });

  it('guesses by the ephemeral range, and says so, where nobody listens any more', async () => {
    const rows = await pair(connected(200, client, server), connected(110, server, client));
    expect(rows).toMatchObject([{ direction: 'guessed-by-port', server: { pid: 11 } }]);
  });

  it('guesses nothing where both ports are of one kind', async () => {
    const other = at('127.0.0.1', 50_000);
    const rows = await pair(connected(200, client, other), connected(110, other, client));
    expect(rows).toMatchObject([{ direction: 'unknown' }]);
  });
});

describe('an end that is not there', () => {
  const closed = connected(0, client, server, { state: 'time-wait' });

  it('has closed on loopback, where both ends would be seen', async () => {
    const [row] = await pair(listener, closed);
    expect(row?.direction).toBe('listener');
    expect(row?.server).toMatchObject({ port: 8000, local: false, pid: { unknown: 'gone' } });
    expect(row?.client).toMatchObject({ port: 40_000, local: true, pid: { unknown: 'gone' } });
  });

  it('is served by whoever listens on the wildcard too', async () => {
    const [row] = await pair(socket(100, { local: at('0.0.0.0', 8000) }), closed);
    expect(row).toMatchObject({ direction: 'listener', server: { port: 8000 } });
  });

  it("is another machine's beyond, though we listen on the same port", async () => {
    const away = connected(200, at('192.0.2.1', 40_000), at('192.0.2.9', 8000));
    const [row] = await pair(socket(100, { local: at('0.0.0.0', 8000) }), away);
    expect(row?.direction).toBe('guessed-by-port');
    expect(row?.server).toMatchObject({ local: false, pid: { unknown: 'other-namespace' } });
  });
});

describe('an end that no process holds', () => {
  it('waits in the accept queue where it is not over', async () => {
    const [row] = await pair(
      listener,
      connected(200, client, server),
      connected(0, server, client),
    );
    expect(row).toMatchObject({
      client: { pid: 20 },
      server: { local: true, pid: { unknown: 'gone', why: 'no process has accepted it yet' } },
    });
  });

  it('is the kernel’s own where it is', async () => {
    const facts = { state: 'time-wait' } as const;
    const [row] = await pair(listener, connected(0, server, client, facts));
    expect(row?.server.pid).toMatchObject({
      unknown: 'gone',
      why: expect.stringContaining('kernel'),
    });
  });
});

describe('a connected UDP socket', () => {
  const udp = { transport: 'udp', state: 'established' } as const;
  const bound = { transport: 'udp', state: 'close' } as const;

  it.each([
    ['its address', '127.0.0.1'],
    ['the wildcard', '0.0.0.0'],
    ['the wildcard of both families', '::'],
  ])('has the server that is bound to %s', async (_, address) => {
    const rows = await pair(
      socket(100, { ...bound, local: at(address, 8000), v6only: false }),
      connected(200, client, server, udp),
    );
    expect(rows).toMatchObject([
      {
        direction: 'listener',
        state: 'established',
        client: { pid: 20, port: 40_000 },
        server: { pid: 10, local: true, address: '127.0.0.1', port: 8000 },
      },
    ]);
  });

  it('has no server where [::] takes IPv6 only', async () => {
    const rows = await pair(
      socket(100, { ...bound, local: at('::', 8000), v6only: true }),
      connected(200, client, server, udp),
    );
    expect(rows).toMatchObject([{ server: { local: false } }]);
  });
});
