/* Opens one of everything that is easily told wrong, prints its ports as one JSON line, and stays
 * until its standard input closes. */
import { freePort } from '../support/free-port.ts';
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'homeport-busy-'));

const listen = (options) =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on('error', () => {}));
    server.once('error', reject);
    server.listen(options, () => resolve(server));
  });

const bind = (type, port, address, ipv6Only = false) =>
  new Promise((resolve) => {
    const socket = createSocket({ type, ipv6Only });
    socket.bind(port, address, () => resolve(socket));
  });

const connected = (options) =>
  new Promise((resolve, reject) => {
    const socket = connect(options, () => resolve(socket));
    socket.once('error', reject);
  });

const portOf = (server) => server.address().port;

const same = await listen({ host: '127.0.0.1', port: 0 });
const samePort = portOf(same);
await listen({ host: '127.0.0.2', port: samePort });
await listen({ host: '::1', port: samePort });

const dual = await listen({ host: '::', port: 0 });
// Outside of the ephemeral range: over IPv4 nobody must have the port, not for a moment either.
const only6 = await listen({ host: '::', port: await freePort(), ipv6Only: true });
const all4 = await listen({ host: '0.0.0.0', port: 0 });
const tight = await listen({ host: '127.0.0.1', port: 0, backlog: 1 });

await connected({ host: '127.0.0.1', port: portOf(dual) });
await connected({ host: '::1', port: portOf(only6) });
const client = await connected({ host: '127.0.0.1', port: samePort });
const closing = await connected({ host: '127.0.0.1', port: samePort });
closing.end();

const udp = await bind('udp4', 0, '127.0.0.1');
await bind('udp6', 0, '::');
const udpClient = await bind('udp4', 0, '127.0.0.1');
await new Promise((resolve) => udpClient.connect(udp.address().port, '127.0.0.1', resolve));

const path = join(folder, 'a path with spaces.sock');
await listen({ path });
await connected({ path });
const abstract = `homeport busy ${process.pid}`;
await listen({ path: `\0${abstract}` });

const shared = await listen({ host: '127.0.0.1', port: 0 });
const heir = spawn('sleep', ['600'], { stdio: ['ignore', 'ignore', 'ignore', shared._handle.fd] });

console.log(
  JSON.stringify({
    pid: process.pid,
    heir: heir.pid,
    samePort,
    dual: portOf(dual),
    only6: portOf(only6),
    all4: portOf(all4),
    tight: portOf(tight),
    udp: udp.address().port,
    udpClient: udpClient.address().port,
    clientPort: client.localPort,
    shared: portOf(shared),
    path,
    abstract,
  }),
);

process.stdin.resume();
process.stdin.on('end', () => {
  heir.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
