import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findProgram } from '../support/find-program.ts';
import { freePort } from '../support/free-port.ts';
import { isRoot } from '../support/launcher.ts';
import { startApart, untilListening } from '../support/start-apart.ts';
import { hasPython } from '../support/start-python.ts';
import { whyApart } from '../support/why-apart.ts';
import { askWhy, causeIds, causeOf } from '../support/why-facts.ts';
import { python, serve } from '../support/why-servers.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);

describe('nobody', () => {
  it('listens, and nobody did lately', async () => {
    const diagnosis = await askWhy({ target: `127.0.0.1:${await freePort()}` });
    expect(diagnosis.verdict).toBe('explained');
    expect(diagnosis.causes[0]?.id).toBe('nothing-listens');
    expect(causeIds(diagnosis)).not.toContain('ended-lately');
  });

  it('listens any more', async () => {
    const port = await freePort();
    const server = createServer((socket) => socket.end());
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const client = connect(port, '127.0.0.1');
    client.resume();
    await once(client, 'close');
    server.close();
    await once(server, 'close');
    const diagnosis = await askWhy({ target: `127.0.0.1:${port}` });
    expect(diagnosis.causes[0]).toMatchObject({ id: 'ended-lately', explains: true });
    expect(diagnosis.answer).toMatch(/was closed (?:a moment|\d s) ago$/);
    await serve('127.0.0.1', port);
    expect(causeIds(await askWhy({ target: `127.0.0.1:${port}` }))).not.toContain('ended-lately');
  });
});

describe.skipIf(!hasPython)('a client that met itself (needs python3)', () => {
  const itself = (port: number): string => `
one = socket.socket()
one.bind(('127.0.0.1', ${port}))
one.connect(('127.0.0.1', ${port}))
print(one.getsockname() == one.getpeername(), flush=True)`;

  it('is found with its process, and an ordinary one is not', async () => {
    const port = await freePort();
    const { pid, first } = await python(itself(port));
    expect(first).toBe('True');
    const diagnosis = await askWhy({ target: `127.0.0.1:${port}` });
    expect(causeOf(diagnosis, 'self-connect').title).toContain(`(pid ${pid})`);
    const other = await serve('127.0.0.1', await freePort());
    const client = connect(other, '127.0.0.1').on('error', () => undefined);
    await once(client, 'connect');
    expect(causeIds(await askWhy({ target: `127.0.0.1:${other}` }))).not.toContain('self-connect');
    client.destroy();
  });

  it.skipIf(!isRoot)('is met by dialling again and again (needs root)', () => {
    const commands = ['sysctl -qw net.ipv4.ip_local_port_range="40000 40009"'];
    const dialling = `
import socket, time
for _ in range(2000):
    one = socket.socket()
    try:
        one.connect(('127.0.0.1', 40004))
        break
    except ConnectionRefusedError:
        one.close()
print(one.getsockname() == one.getpeername(), flush=True)
time.sleep(60)`;
    const diagnosis = whyApart({ target: '127.0.0.1:40004' }, { commands, python: [dialling] });
    expect(causeOf(diagnosis, 'self-connect').evidence).toContain(
      "the kernel takes clients' ports from 40000–40009",
    );
    const hazard = whyApart({ target: '127.0.0.1:40004' }, { commands });
    expect(causeOf(hazard, 'self-connect-hazard').explains).toBe(false);
    const outside = whyApart({ target: '127.0.0.1:3000' }, { commands });
    expect(causeIds(outside)).not.toContain('self-connect-hazard');
  });
});

describe.skipIf(!hasPython)('two programs on one port (needs python3)', () => {
  /** A program without our project, as SO_REUSEPORT wants it of the same user. */
  const stranger = async (address: string, port: number): Promise<number> => {
    const { pid, output } = startApart('python3', [
      '-c',
      `
import socket, sys, time
server = socket.socket(socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
if ':' in sys.argv[1]: server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen()
print('up', flush=True)
while True: server.accept()[0].close()`,
      address,
      String(port),
    ]);
    while (!output().includes('up')) await new Promise((resolve) => setTimeout(resolve, 20));
    return pid;
  };

  it('are found where one has the more precise address', async () => {
    const port = await freePort();
    const pid = await stranger('127.0.0.1', port);
    await serve('0.0.0.0', port, { reusePort: true });
    const diagnosis = await askWhy({ target: `127.0.0.1:${port}` });
    expect(causeOf(diagnosis, 'more-specific-listener').title).toMatch(
      new RegExp(`\\(pid ${pid}\\) answers on 127\\.0\\.0\\.1:${port}, not .*pid ${process.pid}`),
    );
    const other = await askWhy({ target: `127.0.0.2:${port}` });
    expect(causeIds(other)).not.toContain('more-specific-listener');
  });

  it('are found where they share one address', async () => {
    const port = await freePort();
    const pid = await stranger('127.0.0.1', port);
    await serve('127.0.0.1', port, { reusePort: true });
    const cause = causeOf(await askWhy({ target: `127.0.0.1:${port}` }), 'reuseport-stranger');
    expect(cause.title).toContain(`pid ${pid}`);
    expect(cause.title).toContain(`pid ${process.pid}`);
    const alone = await freePort();
    await stranger('127.0.0.1', alone);
    await stranger('127.0.0.1', alone);
    const twice = await askWhy({ target: `127.0.0.1:${alone}` });
    expect(causeIds(twice)).not.toContain('reuseport-stranger');
  });

  it.skipIf(!hasIpv6)('are found where each has a family (needs ::1)', async () => {
    const port = await freePort();
    await stranger('::1', port);
    await serve('127.0.0.1', port);
    const diagnosis = await askWhy({ target: `${port}` });
    expect(causeOf(diagnosis, 'split-by-family').title).toContain('two programs share');
    const dual = await serve('::', await freePort());
    expect(causeIds(await askWhy({ target: `${dual}` }))).not.toContain('split-by-family');
  });
});

describe.skipIf(findProgram('socat') === null)('a forwarder in front (needs socat)', () => {
  it('is found with what is behind it, and not while it works', async () => {
    const [port, behind] = [await freePort(), await freePort()];
    const { pid, output } = startApart('socat', [
      `TCP-LISTEN:${port},bind=127.0.0.1,fork,reuseaddr`,
      `TCP:127.0.0.1:${behind}`,
    ]);
    await untilListening(port, output);
    const message = `Error: read ECONNRESET 127.0.0.1:${port}`;
    const diagnosis = await askWhy({ message });
    expect(causeOf(diagnosis, 'proxy-in-front').title).toContain(`pid ${pid}`);
    const web = createHttp((_, response) => void response.end('<title>Shop</title>'));
    onTestFinished(() => {
      web.close();
      web.closeAllConnections();
    });
    await once(web.listen(behind, '127.0.0.1'), 'listening');
    const working = await askWhy({ target: `http://127.0.0.1:${port}` });
    expect(causeIds(working)).not.toContain('proxy-in-front');
  });
});

describe.skipIf(!isRoot)('a dev server that moved on (needs root)', () => {
  it('is found where another project has its port, and not from that project', () => {
    const folder = mkdtempSync(join(tmpdir(), 'homeport-moved-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const vite = join(import.meta.dirname, '../../node_modules/vite/bin/vite.js');
    const start = (name: string, port: number): readonly string[] => [
      `mkdir -p ${folder}/${name}`,
      `echo '{"name":"${name}","devDependencies":{"vite":"*"}}' >${folder}/${name}/package.json`,
      `(cd ${folder}/${name} && exec "$NODE" ${vite} --host 127.0.0.1 >log 2>&1 &)`,
      `until grep -q ':${port}/' ${folder}/${name}/log; do sleep 0.05; done`,
    ];
    const commands = [...start('blog', 5173), ...start('shop', 5174)];
    const moved = whyApart({ target: '127.0.0.1:5173' }, { commands, cwd: `${folder}/shop` });
    expect(causeOf(moved, 'moved-port').title).toMatch(
      /^your shop took 5174, because Vite \(pid \d+, project blog\) has 5173$/,
    );
    const own = whyApart({ target: '127.0.0.1:5173' }, { commands, cwd: `${folder}/blog` });
    expect(causeIds(own)).not.toContain('moved-port');
  });
});
