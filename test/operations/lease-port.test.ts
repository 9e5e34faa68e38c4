import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { onTestFinished, describe, expect, it } from 'vitest';
import { isKnown } from '../../src/model/known.ts';
import { leasePort } from '../../src/operations/lease-port.ts';
import type { LeasePortInput } from '../../src/operations/lease-port.schema.ts';
import { freePort } from '../support/free-port.ts';
import {
  leasesFile,
  liveContext,
  makePackage,
  makeWorktrees,
  ownLeases,
} from '../support/lease-scene.ts';
import { programStarter } from '../support/start-program.ts';

ownLeases();
const start = programStarter();

const lease = (directory: string, input: Partial<LeasePortInput> = {}) =>
  leasePort(liveContext(), { service: 'web', directory, ...input });

const portOf = async (directory: string, input: Partial<LeasePortInput> = {}): Promise<number> =>
  (await lease(directory, input)).lease.port;

/** Listens here, in a process that is of another project than any test's. */
const listenHere = async (port: number, host: string): Promise<Server> => {
  const server = createServer();
  server.listen({ port, host, exclusive: true, ipv6Only: host === '::1' });
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return server;
};

const listening =
  "require('node:net').createServer().listen(Number(process.argv[1]), '127.0.0.1', () => console.log('listens'))";

/** Listens in a process whose working directory is `cwd`; its pid. */
const listenIn = async (cwd: string, port: number): Promise<number> => {
  const program = await start(process.execPath, ['-e', listening, String(port)], { cwd });
  expect(await program.line()).toBe('listens');
  return program.pid;
};

describe('a lease', () => {
  it('is the same whenever it is asked for, and is kept since the first time', async () => {
    const folder = makePackage('shop');
    const first = await lease(folder);
    expect(first).toMatchObject({
      outcome: 'made',
      use: { by: 'nobody' },
      notes: [],
      problems: [],
    });
    const again = await lease(join(folder));
    expect(again).toEqual({ ...first, outcome: 'kept' });
  });

  it('is outside of this kernel’s ephemeral range, and can be bound', async () => {
    const { port } = (await lease(makePackage('shop'))).lease;
    const { ephemeralRange } = liveContext().host.machine();
    if (!isKnown(ephemeralRange)) throw new Error('no range');
    expect(port < ephemeralRange.first || port > ephemeralRange.last).toBe(true);
    await listenHere(port, '0.0.0.0');
  });

  it('differs by service, endpoint and project', async () => {
    const folder = makePackage('shop');
    const ports = await Promise.all([
      portOf(folder),
      portOf(folder, { service: 'api' }),
      portOf(folder, { endpoint: 'debug' }),
      portOf(makePackage('shop')),
    ]);
    expect(new Set(ports).size).toBe(4);
  });

  it('is the worktree’s own, whichever of its folders one is in', async () => {
    const { main, linked } = makeWorktrees();
    mkdirSync(join(main, 'packages/web'), { recursive: true });
    writeFileSync(join(main, 'packages/web/package.json'), '{"name":"inner"}');
    const there = await lease(linked);
    expect(there.lease).toMatchObject({ project: main, worktree: 'fix', folder: linked });
    expect(await portOf(main)).not.toBe(there.lease.port);
    expect(await portOf(join(main, 'packages/web'))).toBe(await portOf(main));
    expect(await portOf(linked)).toBe(there.lease.port);
  });

  it('is the same again where the file was lost', async () => {
    const folder = makePackage('shop');
    const before = [await portOf(folder), await portOf(folder, { service: 'api' })];
    rmSync(leasesFile());
    const after = [await portOf(folder), await portOf(folder, { service: 'api' })];
    expect(after).toEqual(before);
  });

  it('of a folder without a project is that folder’s, and says so', async () => {
    const folder = dirname(makePackage('shop'));
    const { lease: made, notes } = await lease(folder);
    expect(made).toMatchObject({ project: folder, folder });
    expect(notes).toMatchObject([{ id: 'no-project' }]);
  });
});

describe.each([
  ['native calls', ''],
  ['none', '1'],
])('a port that is taken is passed over, with %s', (_, withoutFfi) => {
  const prepared = async () => {
    if (withoutFfi !== '') process.env['HOMEPORT_NO_FFI'] = withoutFfi;
    const folder = makePackage('shop');
    const port = await portOf(folder);
    rmSync(leasesFile());
    return { folder, port };
  };

  it.each(['127.0.0.1', '::1', '0.0.0.0', '::', '127.0.0.9'])('on %s', async (host) => {
    const { folder, port } = await prepared();
    await listenHere(port, host);
    expect(await portOf(folder)).not.toBe(port);
  });

  it('by UDP', async () => {
    const { folder, port } = await prepared();
    const socket = createSocket('udp4').bind(port, '127.0.0.1');
    onTestFinished(() => void socket.close());
    await once(socket, 'listening');
    expect(await portOf(folder)).not.toBe(port);
  });

  it('by a lease', async () => {
    const { folder, port } = await prepared();
    const other = makePackage('other');
    expect(await portOf(other, { prefer: port })).toBe(port);
    expect(await portOf(folder)).not.toBe(port);
  });
});

describe('a preferred port', () => {
  it('is granted, and moves the lease that was there', async () => {
    const folder = makePackage('shop');
    const first = await portOf(folder);
    const wanted = await freePort();
    expect(await lease(folder, { prefer: wanted })).toMatchObject({
      outcome: 'moved',
      lease: { port: wanted },
    });
    expect(await portOf(folder)).toBe(wanted);
    expect(await portOf(makePackage('other'), { prefer: first })).toBe(first);
  });

  it('in the ephemeral range is granted with a warning and the line that makes it safe', async () => {
    const { ephemeralRange } = liveContext().host.machine();
    if (!isKnown(ephemeralRange)) throw new Error('no range');
    const folder = makePackage('shop');
    const prefer = ephemeralRange.first + 4_321;
    const { notes } = await lease(folder, { prefer });
    expect(notes).toMatchObject([
      {
        id: 'in-ephemeral-range',
        command: expect.stringMatching(
          new RegExp(`^sudo sysctl -w net\\.ipv4\\.ip_local_reserved_ports=\\S*${prefer}$`),
        ),
      },
    ]);
  });

  it('is granted where the project itself listens on it', async () => {
    const folder = makePackage('shop');
    const prefer = await freePort();
    const pid = await listenIn(folder, prefer);
    const { use } = await lease(folder, { prefer });
    expect(use).toMatchObject({ by: 'holder', users: [{ pid, role: 'listens', project: folder }] });
  });

  it('is refused where a stranger listens on it, and another one is offered', async () => {
    const folder = makePackage('shop');
    const prefer = await freePort();
    const pid = await listenIn(makePackage('other'), prefer);
    const error: unknown = await lease(folder, { prefer }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'refused',
      message: expect.stringContaining(`(pid ${pid}) listens on 127.0.0.1:${prefer}`),
      hint: expect.stringMatching(/^(\d+) is free: homeport port web --prefer \1$/),
    });
    const offered = Number(/\d+/.exec(String(Reflect.get(Object(error), 'hint')))?.[0]);
    expect(await portOf(folder, { prefer: offered })).toBe(offered);
  });

  it.each([6000, 6667, 10_080])('is refused where browsers refuse it: %s', async (prefer) => {
    await expect(lease(makePackage('shop'), { prefer })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('browsers refuse'),
    });
  });

  it('is refused where another has leased it', async () => {
    const prefer = await freePort();
    await portOf(makePackage('other'), { prefer });
    await expect(lease(makePackage('shop'), { prefer })).rejects.toMatchObject({
      message: `${prefer} is leased to web of other`,
    });
  });

  it.each([0, -1, 65_536, 1.5, Number.NaN])('%s is none', async (prefer) => {
    await expect(lease(makePackage('shop'), { prefer })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('who uses a leased port', () => {
  it('is the holder, where the project’s own server listens', async () => {
    const { main, linked } = makeWorktrees();
    const port = await portOf(main);
    mkdirSync(join(main, 'src'));
    const pid = await listenIn(join(main, 'src'), port);
    expect((await lease(main)).use).toMatchObject({ by: 'holder', users: [{ pid }] });
    await portOf(linked);
    expect((await lease(linked)).use.by).toBe('nobody');
  });

  it('is a stranger from another worktree of the same project', async () => {
    const { main, linked } = makeWorktrees();
    const pid = await listenIn(linked, await portOf(main));
    const { use, notes } = await lease(main);
    expect(use).toMatchObject({ by: 'stranger', users: [{ pid, worktree: 'fix' }] });
    expect(notes).toMatchObject([{ id: 'taken-by-stranger' }]);
  });

  it('is a stranger who has the port for an outgoing connection', async () => {
    const folder = makePackage('shop');
    const port = await portOf(folder);
    const server = await listenHere(await freePort(), '127.0.0.1');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const connecting = `require('node:net').connect({ port: ${address.port}, host: '127.0.0.1', localAddress: '127.0.0.1', localPort: ${port} }, () => console.log('connected'))`;
    const client = await start(process.execPath, ['-e', connecting], { cwd: '/' });
    expect(await client.line()).toBe('connected');
    expect((await lease(folder)).use).toMatchObject({
      by: 'stranger',
      users: [{ pid: client.pid, role: 'connects' }],
    });
  });
});

it('is no question for a snapshot', async () => {
  const { host: _, ...call } = liveContext();
  const snapshot = { version: 1 } as never;
  await expect(leasePort({ ...call, snapshot }, { service: 'web' })).rejects.toMatchObject({
    code: 'invalid-input',
  });
});
