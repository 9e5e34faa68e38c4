import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkPorts } from '../../src/operations/check-ports.ts';
import { collectLeases } from '../../src/operations/collect-leases.ts';
import { leasePort } from '../../src/operations/lease-port.ts';
import { listLeases } from '../../src/operations/list-leases.ts';
import { removeLeases } from '../../src/operations/remove-leases.ts';
import { reservePort } from '../../src/operations/reserve-port.ts';
import { freePort } from '../support/free-port.ts';
import { leasesFile, liveContext, makePackage, ownLeases } from '../support/lease-scene.ts';

ownLeases();

const lease = async (directory: string, service = 'web', ownAddress = false) =>
  (await leasePort(liveContext(), { service, directory, ownAddress })).lease;

const services = async (): Promise<readonly string[]> =>
  (await listLeases(liveContext())).leases.map(({ service }) => service);

describe('the list of leases', () => {
  it('is empty before the first one', async () => {
    expect(await listLeases(liveContext())).toEqual({
      path: leasesFile(),
      leases: [],
      addresses: [],
      problems: [],
    });
  });

  it('tells of each who has its port now, and whether its folder is there', async () => {
    const shop = makePackage('shop');
    const other = makePackage('other');
    const { port } = await lease(shop);
    const gone = await lease(other, 'postgres', true);
    rmSync(other, { recursive: true });
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { leases, addresses } = await listLeases(liveContext());
    expect(leases).toHaveLength(2);
    expect(leases.find(({ service }) => service === 'web')).toMatchObject({
      port,
      folderGone: false,
      use: { by: 'stranger', users: [{ pid: process.pid }] },
    });
    expect(leases.find(({ service }) => service === 'postgres')).toMatchObject({
      port: 5432,
      address: gone.address,
      folderGone: true,
      use: { by: 'nobody' },
    });
    expect(addresses).toMatchObject([{ address: gone.address, folderGone: true }]);
  });

  it('tells of a damaged file, and leaves it where it is', async () => {
    await lease(makePackage('shop'));
    writeFileSync(leasesFile(), '{');
    const { leases, problems } = await listLeases(liveContext());
    expect(leases).toEqual([]);
    expect(problems).toMatchObject([{ id: 'leases-damaged' }]);
    expect(readFileSync(leasesFile(), 'utf8')).toBe('{');
  });
});

describe('removing leases', () => {
  it('takes services of the project, with all their endpoints', async () => {
    const shop = makePackage('shop');
    await lease(shop);
    await lease(shop, 'api');
    await leasePort(liveContext(), { service: 'web', endpoint: 'debug', directory: shop });
    await lease(makePackage('other'));
    const { leases } = await removeLeases(liveContext(), { which: ['web'], directory: shop });
    expect(leases.map(({ endpoint }) => endpoint)).toEqual(['debug', 'main']);
    expect((await services()).toSorted()).toEqual(['api', 'web']);
  });

  it('takes one endpoint where it is named', async () => {
    const shop = makePackage('shop');
    await lease(shop);
    await leasePort(liveContext(), { service: 'web', endpoint: 'debug', directory: shop });
    const which = { which: ['web'], endpoint: 'debug', directory: shop };
    expect((await removeLeases(liveContext(), which)).leases).toHaveLength(1);
    expect(await services()).toEqual(['web']);
  });

  it('takes a port of any project', async () => {
    const { port } = await lease(makePackage('shop'));
    await removeLeases(liveContext(), { which: [String(port)], directory: '/' });
    expect(await services()).toEqual([]);
  });

  it('takes an address with the leases that are on it', async () => {
    const shop = makePackage('shop');
    const { address } = await lease(shop, 'postgres', true);
    await lease(shop);
    await removeLeases(liveContext(), { which: [address ?? ''], directory: '/' });
    const { leases, addresses } = await listLeases(liveContext());
    expect(leases.map(({ service }) => service)).toEqual(['web']);
    expect(addresses).toEqual([]);
  });

  it('takes none where one of them is not there', async () => {
    const shop = makePackage('shop');
    await lease(shop);
    const removing = removeLeases(liveContext(), { which: ['web', 'wbe'], directory: shop });
    await expect(removing).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'wbe has no lease in this project',
      hint: 'did you mean web?',
    });
    expect(await services()).toEqual(['web']);
  });
});

describe('a damaged file', () => {
  it('is put aside for a new lease alone, so that it is always said', async () => {
    const shop = makePackage('shop');
    await lease(shop);
    writeFileSync(leasesFile(), '{');
    const refused = leasePort(liveContext(), { service: 'web', directory: shop, prefer: 6000 });
    await expect(refused).rejects.toMatchObject({ code: 'refused' });
    const removing = removeLeases(liveContext(), { which: ['web'], directory: shop });
    await expect(removing).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('no whole JSON document'),
    });
    expect(await collectLeases(liveContext(), { apply: true })).toMatchObject({
      leases: [],
      problems: [{ id: 'leases-damaged' }],
    });
    expect(readFileSync(leasesFile(), 'utf8')).toBe('{');
  });
});

it('needs a machine that ports can be bound on', async () => {
  process.env['HOMEPORT_PROC'] = join(import.meta.dirname, '../fixtures/machine-basic/proc');
  onTestFinished(() => void delete process.env['HOMEPORT_PROC']);
  await expect(lease(makePackage('shop'))).rejects.toMatchObject({
    code: 'unsupported',
    message: 'no port can be tried: nothing can be bound on a copy of a machine',
  });
});

describe('collecting leases', () => {
  it('finds those whose folder is gone, and removes them only when told to', async () => {
    const shop = makePackage('shop');
    const other = makePackage('other');
    await lease(shop);
    await lease(other, 'postgres', true);
    expect(await collectLeases(liveContext())).toMatchObject({ leases: [], addresses: [] });
    rmSync(other, { recursive: true });
    const plan = await collectLeases(liveContext());
    expect(plan).toMatchObject({ removed: false, leases: [{ service: 'postgres' }] });
    expect(plan.addresses).toHaveLength(1);
    expect(await services()).toHaveLength(2);
    expect(await collectLeases(liveContext(), { apply: true })).toEqual({ ...plan, removed: true });
    expect(await services()).toEqual(['web']);
  });

  it('leaves those whose folder can not be looked at', async () => {
    const shop = makePackage('shop');
    await lease(shop);
    const moved = `${shop}-file`;
    renameSync(shop, moved);
    writeFileSync(shop, 'a file now');
    expect((await collectLeases(liveContext())).leases).toEqual([]);
  });
});

describe('checking files', () => {
  it('tells clashes with each other, with leases and with what runs', async () => {
    const shop = makePackage('shop');
    const other = makePackage('other');
    const leased = (await lease(other)).port;
    const used = await freePort();
    const server = createServer().listen(used, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    writeFileSync(join(shop, '.env'), `PORT=${used}\nWEB=${leased}\n`);
    writeFileSync(
      join(shop, 'compose.yaml'),
      `services:\n  db:\n    ports: ["${used}:5432"]\n  web:\n    ports: ["\${WEB}:80"]\n`,
    );
    const files = ['.env', 'compose.yaml'].map((name) => join(shop, name));
    const { wants, clashes, problems } = await checkPorts(liveContext(), { files });
    expect(problems).toEqual([]);
    expect(wants.map(({ what, port }) => [what, port])).toEqual([
      ['PORT', used],
      ['service db', used],
      ['service web', leased],
    ]);
    expect(clashes.map(({ id, port }) => `${id} ${port}`).toSorted()).toEqual(
      [`in-use ${used}`, `leased ${leased}`, `wanted-twice ${used}`].toSorted(),
    );
    expect(clashes.find(({ id }) => id === 'in-use')?.text).toContain(`(pid ${process.pid})`);
  });

  it('is content with a project’s own lease', async () => {
    const shop = makePackage('shop');
    const { port } = await lease(shop);
    writeFileSync(join(shop, '.env'), `PORT=${port}\n`);
    const { clashes } = await checkPorts(liveContext(), { files: [join(shop, '.env')] });
    expect(clashes).toEqual([]);
  });

  it.each([
    ['/nonexistent/.env', /can't be read: there is none/],
    ['/etc/passwd', /no kind that ports are read from/],
  ])('refuses %s', async (file, message) => {
    await expect(checkPorts(liveContext(), { files: [file] })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(message),
    });
  });

  it('refuses a folder of that name', async () => {
    const folder = join(makePackage('shop'), '.env');
    mkdirSync(folder);
    await expect(checkPorts(liveContext(), { files: [folder] })).rejects.toMatchObject({
      message: `${folder} can't be read: it is no file`,
    });
  });
});

describe('reserving a port', () => {
  it('says what it would write, beside what is reserved already', async () => {
    expect(await reservePort(liveContext(), { port: 40_001 })).toMatchObject({
      outcome: 'planned',
      line: expect.stringMatching(/^net\.ipv4\.ip_local_reserved_ports=(?:[\d,-]+,)?40001$/),
      file: '/etc/sysctl.d/60-homeport.conf',
    });
  });

  it('writes that, and nothing where it is reserved', async () => {
    const { host, ...call } = liveContext();
    const written: string[] = [];
    const machine = { ...host.machine(), reservedPorts: [{ first: 8080, last: 8081 }] };
    const reservedPorts = { file: '/x', write: (list: string) => void written.push(list) };
    const context = { ...call, host: { ...host, machine: () => machine, reservedPorts } };
    const apply = (port: number) => reservePort(context, { port, apply: true });
    expect(await apply(8081)).toMatchObject({ outcome: 'was-reserved' });
    expect(await apply(40_000)).toMatchObject({ outcome: 'written', file: '/x' });
    expect(written).toEqual(['8080-8081,40000']);
  });
});

it('needs no folder that is gone', async () => {
  const gone = join(dirname(makePackage('shop')), 'nothing');
  await expect(lease(gone)).rejects.toMatchObject({ code: 'invalid-input' });
});
