import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { BindEndpoint } from '../../src/host/host.ts';
import { openFfi } from '../../src/host/linux/ffi.ts';
import { linuxHost } from '../../src/host/linux/linux-host.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';
import { tryBind } from '../../src/host/linux/try-bind.ts';
import type { BindTrial } from '../../src/model/diagnosis.ts';
import type { Known } from '../../src/model/known.ts';
import { asUser } from '../support/as-user.ts';
import { freePort } from '../support/free-port.ts';
import { isRoot } from '../support/launcher.ts';
import { connectTo, listen, openUdp, portOf } from '../support/open-sockets.ts';
import { hasPython, startPython } from '../support/start-python.ts';

const free: BindTrial = { reusing: null, plain: null };
const taken: BindTrial = { reusing: 'EADDRINUSE', plain: 'EADDRINUSE' };
const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const server = async (host: string, options: { ipv6Only?: boolean } = {}): Promise<number> => {
  const opened = await listen({ host, port: 0, ...options });
  closing.push(() => closed(opened));
  return portOf(opened);
};

const closed = async (opened: Server): Promise<void> => {
  opened.close();
  await once(opened, 'close');
};

const tcp = (address: string, port: number): Known<BindTrial> =>
  tryBind(openFfi(), { transport: 'tcp', address, port });

describe('tryBind', () => {
  it('finds a port free that nobody has, and leaves it free', async () => {
    const port = await freePort();
    expect(tcp('127.0.0.1', port)).toEqual(free);
    expect(tcp('127.0.0.1', port)).toEqual(free);
    const after = await listen({ host: '127.0.0.1', port });
    await closed(after);
  });

  it('finds a listener on the address', async () => {
    const port = await server('127.0.0.1');
    expect(tcp('127.0.0.1', port)).toEqual(taken);
  });

  it('tells addresses apart', async () => {
    const port = await server('127.0.0.1');
    expect(tcp('127.0.0.2', port)).toEqual(free);
  });

  it('meets a specific listener with the wildcard, and the reverse', async () => {
    const specific = await server('127.0.0.1');
    expect(tcp('0.0.0.0', specific)).toEqual(taken);
    const wildcard = await server('0.0.0.0');
    expect(tcp('127.0.0.3', wildcard)).toEqual(taken);
  });

  it.skipIf(!hasIpv6)('binds :: for both families (skipped without IPv6)', async () => {
    const four = await server('0.0.0.0');
    expect(tcp('::', four)).toEqual(taken);
    expect(tcp('::1', four)).toEqual(free);
    const dual = await server('::');
    expect(tcp('127.0.0.1', dual)).toEqual(taken);
    const six = await server('::', { ipv6Only: true });
    expect(tcp('127.0.0.1', six)).toEqual(free);
    expect(tcp('::1', six)).toEqual(taken);
  });

  it("finds a client's own port", async () => {
    const opened = await listen({ host: '127.0.0.1', port: 0 });
    const { client, peer } = await connectTo(opened, '127.0.0.1');
    closing.push(
      () => client.destroy(),
      () => peer.destroy(),
      () => closed(opened),
    );
    expect(tcp('127.0.0.1', client.localPort ?? 0)).toEqual(taken);
  });

  it('is stopped by TIME_WAIT remains without SO_REUSEADDR alone', async () => {
    const port = await remains(true);
    expect(tcp('127.0.0.1', port)).toEqual({ reusing: null, plain: 'EADDRINUSE' });
  });

  it.skipIf(!hasPython)(
    'is stopped in any case by remains of a server that did not set it (skipped without python3)',
    async () => {
      expect(tcp('127.0.0.1', await remains(false))).toEqual(taken);
    },
  );

  it.skipIf(!hasPython)(
    'passes beside a socket that is bound and does not listen where both reuse (skipped without python3)',
    async () => {
      for (const reuse of [0, 1]) {
        const bound = await startPython(`
import socket, sys
one = socket.socket(); one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, ${reuse})
one.bind(('127.0.0.1', 0)); print(one.getsockname()[1], flush=True)
sys.stdin.read()`);
        const trial = tcp('127.0.0.1', Number(bound.first));
        await bound.stop();
        expect(trial).toEqual({ reusing: reuse === 1 ? null : 'EADDRINUSE', plain: 'EADDRINUSE' });
      }
    },
  );

  it('tells that an address is not here', () => {
    const elsewhere: BindTrial = { reusing: 'EADDRNOTAVAIL', plain: 'EADDRNOTAVAIL' };
    expect(tcp('203.0.113.7', 8080)).toEqual(elsewhere);
  });

  it('tries UDP once, and takes no datagram from who reuses the port', async () => {
    const socket = await openUdp('udp4', '127.0.0.1');
    closing.push(() => socket.close());
    const port = portOf(socket);
    const trial = tryBind(openFfi(), { transport: 'udp', address: '127.0.0.1', port });
    expect(trial).toEqual(taken);
    expect(tcp('127.0.0.1', port)).toEqual(free);
  });

  it('does not know without native calls, for a name, or for a copy of a machine', () => {
    const endpoint: BindEndpoint = { transport: 'tcp', address: '127.0.0.1', port: 8080 };
    expect(tryBind(null, endpoint)).toMatchObject({ unknown: 'unsupported' });
    expect(tcp('localhost', 8080)).toMatchObject({ unknown: 'unsupported' });
    const proc = fileURLToPath(new URL('../fixtures/machine-basic/proc', import.meta.url));
    expect(linuxHost(kernelRoot({ HOMEPORT_PROC: proc })).tryBind(endpoint)).toMatchObject({
      unknown: 'unsupported',
    });
    expect(
      linuxHost(kernelRoot({})).tryBind({ ...endpoint, address: '::ffff:203.0.113.7' }),
    ).toEqual({ reusing: 'EADDRNOTAVAIL', plain: 'EADDRNOTAVAIL' });
  });
});

describe.skipIf(!isRoot)('tryBind elsewhere (skipped without root)', () => {
  it('is refused a privileged port as another user', () => {
    expect(inChild(65_534, [], { transport: 'tcp', address: '127.0.0.1', port: 81 })).toEqual({
      reusing: 'EACCES',
      plain: 'EACCES',
    });
  });

  it('judges the namespace that it is in', async () => {
    const port = await server('127.0.0.1');
    const apart = ['unshare', '-n', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
    const endpoint: BindEndpoint = { transport: 'tcp', address: '127.0.0.1', port };
    expect(inChild(undefined, apart, endpoint)).toEqual(free);
    const six = { ...endpoint, address: '::1' };
    expect(inChild(undefined, ['unshare', '-n'], six)).toEqual({
      reusing: 'EADDRNOTAVAIL',
      plain: 'EADDRNOTAVAIL',
    });
  });
});

/** The trial, made by a Node of its own that `prefix` starts. */
const inChild = (
  uid: number | undefined,
  prefix: readonly string[],
  endpoint: BindEndpoint,
): unknown => {
  const [tried, native] = ['try-bind', 'ffi'].map(
    (name) => new URL(`../../src/host/linux/${name}.ts`, import.meta.url).href,
  );
  const program = `
    const { tryBind } = await import('${tried}');
    const { openFfi } = await import('${native}');
    process.stdout.write(JSON.stringify(tryBind(openFfi(), ${JSON.stringify(endpoint)})));`;
  const words = [...prefix, process.execPath, '--input-type=module', '-e', program];
  return JSON.parse(asUser(uid, 'env', words, 'utf8'));
};

/** The port of a server that closed its connections first, and then itself. */
const remains = async (reuse: boolean): Promise<number> => {
  if (reuse) {
    const opened = createServer((peer) => peer.end());
    opened.listen(0, '127.0.0.1');
    await once(opened, 'listening');
    const port = portOf(opened);
    const client = connect(port, '127.0.0.1');
    await once(client.resume(), 'close');
    await closed(opened);
    return port;
  }
  const gone = await startPython(`
import socket
server = socket.socket(); server.bind(('127.0.0.1', 0)); server.listen(1)
client = socket.create_connection(server.getsockname()); peer, _ = server.accept()
peer.close(); client.recv(1); client.close()
print(server.getsockname()[1], flush=True)`);
  await gone.stop();
  return Number(gone.first);
};
