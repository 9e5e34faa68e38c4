import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { isRoot } from '../support/launcher.ts';
import { connectTo, listen, portOf } from '../support/open-sockets.ts';
import { startApart, untilListening } from '../support/start-apart.ts';
import { hasPython, startPython } from '../support/start-python.ts';
import { anybody, failing, first, node, whyBind } from '../support/why-bind.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

/** Starts a Python program that ends with the test; its first line is a port. */
const pythonPort = async (program: string, prefix: readonly string[] = []): Promise<number> => {
  const running = await startPython(`import socket, sys\n${program}\nsys.stdin.read()`, prefix);
  onTestFinished(running.stop);
  return Number(running.first);
};

const server = async (host: string, options: { ipv6Only?: boolean } = {}): Promise<number> => {
  const opened = await listen({ host, port: 0, ...options });
  onTestFinished(() => void opened.close());
  return portOf(opened);
};

/** A server that has nothing to do with us: another project, nobody's child. */
const strangers = async (program: string): Promise<{ port: number; pid: number }> => {
  const port = await freePort();
  const { pid, output } = startApart('python3', ['-c', program, String(port)]);
  await untilListening(port, output);
  return { port, pid };
};

const listener = (option: string) => `
import socket, sys, time
kept = []
for _ in range(2 if '${option}' else 1):
    one = socket.socket()
    if '${option}': one.setsockopt(socket.SOL_SOCKET, socket.${option || 'SO_REUSEADDR'}, 1)
    one.bind(('127.0.0.1', int(sys.argv[1]))); one.listen(5); kept.append(one)
time.sleep(300)`;

describe('a port that nobody holds', () => {
  it('contradicts the message', async () => {
    const diagnosis = await whyBind(node(`127.0.0.1:${await freePort()}`));
    expect(failing(diagnosis)).toEqual(['free-now']);
    expect(diagnosis.contradictions.join()).toContain('can be bound now');
    expect(diagnosis.verdict).toBe('explained');
  });
});

describe.skipIf(!hasPython)('a listener in the way (needs python3)', () => {
  it('is named with its process and how to end it', async () => {
    const { port, pid } = await strangers(listener(''));
    const diagnosis = await whyBind(node(`127.0.0.1:${port}`));
    expect(failing(diagnosis)).toEqual(['port-taken']);
    expect(first(diagnosis)).toMatchObject({
      id: 'port-taken',
      explains: true,
      title: expect.stringContaining(`(pid ${pid})`),
    });
    expect(first(diagnosis)?.evidence).toContain(
      `binding 127.0.0.1:${port} fails with EADDRINUSE now`,
    );
  });

  it('is found by a port alone', async () => {
    const { port } = await strangers(listener(''));
    expect(failing(await whyBind(`Error: Port ${port} is already in use`))).toEqual(['port-taken']);
  });

  it('is one row for an SO_REUSEPORT group', async () => {
    const { port } = await strangers(listener('SO_REUSEPORT'));
    const diagnosis = await whyBind(node(`127.0.0.1:${port}`));
    expect(failing(diagnosis)).toEqual(['port-taken']);
    expect(first(diagnosis)?.evidence.join()).toContain('2 sockets share the port by SO_REUSEPORT');
  });

  it('of the project that is asked from is an earlier instance', async () => {
    const port = await pythonPort(`
one = socket.socket(); one.bind(('127.0.0.1', 0)); one.listen(5)
print(one.getsockname()[1], flush=True)`);
    const diagnosis = await whyBind(node(`127.0.0.1:${port}`));
    expect(failing(diagnosis)).toEqual(['same-program-twice']);
    expect(first(diagnosis)?.title).toContain('of this very project');
  });

  it('is told from a child that inherited the socket of a program that ended', async () => {
    const gone = await startPython(`
import socket, subprocess
one = socket.socket(); one.bind(('127.0.0.1', 0)); one.listen(5); one.set_inheritable(True)
child = subprocess.Popen(['sleep', '300'], close_fds=False)
print(one.getsockname()[1], child.pid, flush=True)`);
    const [port = 0, child = 0] = gone.first.split(' ').map(Number);
    onTestFinished(() => void process.kill(child));
    await gone.stop();
    const diagnosis = await whyBind(node(`127.0.0.1:${port}`));
    expect(failing(diagnosis)).toEqual(['inherited-descriptor']);
    expect(first(diagnosis)?.title).toContain(`sleep (pid ${child}`);
  });

  it('in another network namespace is no obstacle', async (context) => {
    if (!isRoot) context.skip('needs root');
    const port = await freePort();
    await pythonPort(
      `
one = socket.socket(); one.bind(('127.0.0.1', ${port})); one.listen(5); print(${port}, flush=True)`,
      ['unshare', '-n'],
    );
    const diagnosis = await whyBind(node(`127.0.0.1:${port}`));
    expect(failing(diagnosis)).toEqual(['free-now']);
    const other = diagnosis.checks.find(({ id }) => id === 'other-namespace-holds');
    expect(other?.fact).toContain('which has ports of its own');
  });
});

/** Listeners of ours belong to the project that asks: a folder of no project makes them strangers. */
describe.skipIf(!hasPython)('a wider or narrower address (needs python3)', () => {
  const on = (address: string, family = 'AF_INET', v6only = 0) => `
import socket, sys, time
one = socket.socket(socket.${family})
if socket.${family} == socket.AF_INET6: one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, ${v6only})
one.bind(('${address}', int(sys.argv[1]))); one.listen(5)
if '${address}' == '::' and ${v6only}:
    four = socket.socket(); four.bind(('127.0.0.9', int(sys.argv[1]))); four.listen(5)
time.sleep(300)`;

  it('meets the other', async () => {
    const specific = await strangers(on('127.0.0.1'));
    const wide = await whyBind(node(`0.0.0.0:${specific.port}`));
    expect(failing(wide)).toEqual(['wildcard-overlap']);
    expect(first(wide)?.title).toContain('takes in 127.0.0.1');
    const wildcard = await strangers(on('0.0.0.0'));
    expect(failing(await whyBind(node(`127.0.0.1:${wildcard.port}`)))).toEqual([
      'wildcard-overlap',
    ]);
    expect(failing(await whyBind(node(`127.0.0.2:${specific.port}`)))).toEqual(['free-now']);
  });

  it.skipIf(!hasIpv6)('tells :: of both families from IPv6 alone (needs IPv6)', async () => {
    const dual = await strangers(on('::', 'AF_INET6'));
    expect(failing(await whyBind(node(`0.0.0.0:${dual.port}`)))).toEqual(['wildcard-overlap']);
    const four = await strangers(on('0.0.0.0'));
    expect(failing(await whyBind(node(`:::${four.port}`)))).toEqual(['wildcard-overlap']);
    const six = await server('::', { ipv6Only: true });
    const apart = await whyBind(node(`127.0.0.1:${six}`));
    expect(failing(apart)).toEqual(['free-now']);
    expect(apart.checks.find(({ id }) => id === 'wildcard-overlap')?.fact).toContain(
      'for IPv6 alone',
    );
  });
});

describe('an outgoing connection', () => {
  it('holds the port that the kernel gave it', async () => {
    const opened = await listen({ host: '127.0.0.1', port: 0 });
    const { client, peer } = await connectTo(opened, '127.0.0.1');
    onTestFinished(() => {
      client.destroy();
      peer.destroy();
      opened.close();
    });
    const diagnosis = await whyBind(node(`127.0.0.1:${client.localPort}`));
    expect(failing(diagnosis)).toEqual(['outgoing-connection-holds-port']);
    expect(first(diagnosis)).toMatchObject({
      title: expect.stringContaining(`to talk to 127.0.0.1:${portOf(opened)}`),
      explains: true,
    });
    expect(
      first(diagnosis)
        ?.actions.map(({ command }) => command)
        .join(),
    ).toMatch(/sudo sysctl -w net\.ipv4\.ip_local_reserved_ports=\S*\d/);
    const same = await whyBind(node(`127.0.0.2:${client.localPort}`));
    expect(failing(same)).toEqual(['free-now']);
  });

  it.skipIf(!hasPython)('holds the port that it chose itself (needs python3)', async () => {
    const opened = await server('127.0.0.1');
    const chosen = await freePort();
    const port = await pythonPort(`
one = socket.socket(); one.bind(('127.0.0.1', ${chosen})); one.connect(('127.0.0.1', ${opened}))
print(${chosen}, flush=True)`);
    const diagnosis = await whyBind(node(`127.0.0.1:${port}`));
    expect(failing(diagnosis)).toEqual(['outgoing-connection-holds-port']);
    expect(first(diagnosis)?.evidence.join()).toContain('asked for');
  });
});

describe('what is left of a server', () => {
  it.skipIf(!hasPython)(
    'that did not set SO_REUSEADDR keeps the port for a while (needs python3)',
    async () => {
      const gone = await startPython(`
import socket
one = socket.socket(); one.bind(('127.0.0.1', 0)); one.listen(1)
client = socket.create_connection(one.getsockname()); peer, _ = one.accept()
peer.close(); client.recv(1); client.close()
print(one.getsockname()[1], flush=True)`);
      await gone.stop();
      const port = Number(gone.first);
      const diagnosis = await whyBind(node(`127.0.0.1:${port}`));
      expect(failing(diagnosis)).toEqual(['time-wait-remains']);
      expect(first(diagnosis)?.title).toMatch(/frees it by itself in \d+ s$/);
      expect(first(diagnosis)?.evidence.join()).toContain('SO_REUSEADDR does not help this time');
    },
  );

  it('that did is no obstacle to who sets it too', async () => {
    const opened = createServer((peer) => peer.end());
    opened.listen(0, '127.0.0.1');
    await once(opened, 'listening');
    const port = portOf(opened);
    await once(connect(port, '127.0.0.1').resume(), 'close');
    opened.close();
    await once(opened, 'close');
    const same = await whyBind(node(`127.0.0.1:${port}`));
    expect(failing(same)).toEqual(['free-now']);
    expect(first(same)?.evidence.join()).toMatch(/was closed there \d+ s ago/);
    const other = await whyBind(anybody(`127.0.0.1:${port}`));
    expect(failing(other)).toEqual(['time-wait-remains']);
    expect(first(other)?.evidence.join()).toContain('the one that failed does not set it');
  });

  it('holds on as long as its connections do', async () => {
    const opened = await listen({ host: '127.0.0.1', port: 0 });
    const port = portOf(opened);
    const { client, peer } = await connectTo(opened, '127.0.0.1');
    onTestFinished(() => {
      client.destroy();
      peer.destroy();
    });
    opened.close();
    const diagnosis = await whyBind(anybody(`127.0.0.1:${port}`));
    expect(failing(diagnosis)).toContain('connections-remain');
    expect(first(diagnosis)?.title).toContain(`(pid ${process.pid}`);
  });
});

describe.skipIf(!hasPython)('a socket that is bound and does not listen (needs python3)', () => {
  it('holds the port', async () => {
    const port = await pythonPort(`
one = socket.socket(); one.bind(('127.0.0.1', 0)); print(one.getsockname()[1], flush=True)`);
    const diagnosis = await whyBind(node(`127.0.0.1:${port}`));
    expect(failing(diagnosis)).toEqual(['bound-not-listening']);
    expect(failing(await whyBind(node(`127.0.0.2:${port}`)))).toEqual(['free-now']);
  });
});
