import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findProgram } from '../support/find-program.ts';
import { freePort } from '../support/free-port.ts';
import { isRoot } from '../support/launcher.ts';
import { makeProject } from '../support/make-project.ts';
import { programStarter } from '../support/start-program.ts';
import { hasPython } from '../support/start-python.ts';
import { whyApart } from '../support/why-apart.ts';
import { askWhy, causeIds, causeOf } from '../support/why-facts.ts';
import { python, serve } from '../support/why-servers.ts';

const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
const hasIpv6 = addresses.some(({ address }) => address === '::1');
const ownAddress = addresses.find(
  ({ family, internal }) => family === 'IPv4' && !internal,
)?.address;
const canMakeMachines = isRoot && hasPython;

describe.skipIf(!hasIpv6)('a server on the other family (needs ::1)', () => {
  it('is found by whoever asks the family that it has not', async () => {
    const port = await serve('127.0.0.1', await freePort());
    const diagnosis = await askWhy({ target: `[::1]:${port}` });
    expect(diagnosis.verdict).toBe('explained');
    expect(diagnosis.causes[0]?.id).toBe('other-family');
    expect(diagnosis.answer).toContain(`127.0.0.1:${port} only, which is IPv4, and ::1 is IPv6`);
    const [reverse] = (await askWhy({ target: `127.0.0.1:${await serve('::1', 0)}` })).causes;
    expect(reverse?.id).toBe('other-family');
  });

  it('is found on an IPv6-only wildcard, and not on a dual-stack one', async () => {
    const only6 = await serve('::', await freePort(), { ipv6Only: true });
    expect((await askWhy({ target: `127.0.0.1:${only6}` })).causes[0]?.id).toBe('other-family');
    const dual = await serve('::', await freePort());
    expect(causeIds(await askWhy({ target: `127.0.0.1:${dual}` }))).not.toContain('other-family');
  });

  it('explains a message of Node that names both', async () => {
    const port = await serve('127.0.0.1', await freePort());
    const message = `AggregateError [ECONNREFUSED]:\n    at internalConnectMultiple\n  Error: connect ECONNREFUSED ::1:${port}`;
    expect((await askWhy({ message })).causes[0]?.id).toBe('other-family');
  });

  it.skipIf(!canMakeMachines)('where localhost means ::1 first (needs root and python3)', () => {
    const files = {
      '/etc/hosts': '::1 localhost\n127.0.0.1 localhost\n',
      '/etc/nsswitch.conf': 'hosts: files\n',
    };
    const server = (family: string, address: string): string => `
import socket, time
server = socket.socket(socket.${family})
server.bind(('${address}', 3000))
server.listen()
print('up', flush=True)
time.sleep(60)`;
    const four = whyApart(
      { target: 'localhost:3000' },
      { files, python: [server('AF_INET', '127.0.0.1')] },
    );
    expect(four.attempts.map(({ outcome }) => outcome)).toEqual(['refused', 'connected']);
    expect(four.answer).toMatch(
      /127\.0\.0\.1:3000 only, which is IPv4, and localhost means ::1 first$/,
    );
    const six = whyApart(
      { target: 'localhost:3000' },
      { files, python: [server('AF_INET6', '::1')] },
    );
    expect(causeIds(six)).not.toContain('other-family');
  });
});

describe('a server at another address', () => {
  it('of 127.0.0.0/8 is found, and not where it is asked', async () => {
    const port = await serve('127.0.0.2', await freePort());
    const diagnosis = await askWhy({ target: `127.0.0.1:${port}` });
    expect(diagnosis.causes[0]).toMatchObject({ id: 'other-address', explains: true });
    expect(diagnosis.answer).toContain(`127.0.0.2:${port} only, and 127.0.0.1 is asked`);
    expect(causeIds(await askWhy({ target: `127.0.0.2:${port}` }))).not.toContain('other-address');
  });

  it.skipIf(ownAddress === undefined)(
    'of the network is found, and the reverse (needs a network)',
    async () => {
      const lan = await serve(ownAddress ?? '', await freePort());
      expect((await askWhy({ target: `127.0.0.1:${lan}` })).causes[0]?.id).toBe('other-address');
      const loopback = await serve('127.0.0.1', await freePort());
      const [cause] = (await askWhy({ target: `${ownAddress}:${loopback}` })).causes;
      expect(cause?.id).toBe('other-address');
      expect(cause?.evidence.join()).toContain('it answers nobody who asks for');
    },
  );

  it.skipIf(!canMakeMachines)(
    'is one that is bound to an interface (needs root and python3)',
    () => {
      const bound = (name: string): string => `
import socket, time
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b'${name}')
server.bind(('0.0.0.0', 3000))
server.listen()
print('up', flush=True)
time.sleep(60)`;
      const commands = ['ip link add veth1 type veth peer name veth2', 'ip link set veth1 up'];
      const away = whyApart({ target: '127.0.0.1:3000' }, { commands, python: [bound('veth1')] });
      expect(away.attempts[0]?.outcome).toBe('refused');
      expect(away.causes[0]?.id).toBe('other-address');
      expect(away.answer).toContain('listens on the interface veth1 only');
      const here = whyApart({ target: '127.0.0.1:3000' }, { commands, python: [bound('lo')] });
      expect(causeIds(here)).not.toContain('other-address');
    },
  );
});

describe.skipIf(!canMakeMachines)(
  'a server in another network namespace (needs root and python3)',
  () => {
    const serving = (port: number): string => `
os.system('ip link set lo up')
server = socket.socket()
server.bind(('127.0.0.1', ${port}))
server.listen()
print('up', flush=True)`;

    it('is found, and does not hide one that answers here', async () => {
      const port = await freePort();
      const { pid } = await python(serving(port), ['unshare', '-n']);
      const diagnosis = await askWhy({ target: `127.0.0.1:${port}` });
      expect(causeOf(diagnosis, 'other-namespace')).toMatchObject({ explains: true });
      expect(diagnosis.answer).toContain(`(pid ${pid}`);
      expect(causeOf(diagnosis, 'other-namespace').actions[0]?.command).toBe(
        `sudo nsenter -t ${pid} -n sh -c 'nc -vz 127.0.0.1 ${port}'`,
      );
      await serve('127.0.0.1', port);
      expect(causeIds(await askWhy({ target: `127.0.0.1:${port}` }))).not.toContain(
        'other-namespace',
      );
    });
  },
);

describe('a port of the other transport', () => {
  it('is found either way, and not where both are there', async () => {
    const port = await freePort();
    const socket = createSocket('udp4');
    socket.bind(port, '127.0.0.1');
    await once(socket, 'listening');
    onTestFinished(() => void socket.close());
    const tcp = await askWhy({ target: `127.0.0.1:${port}` });
    expect(tcp.causes[0]).toMatchObject({ id: 'udp-only', explains: true });
    await serve('127.0.0.1', port);
    expect(causeIds(await askWhy({ target: `127.0.0.1:${port}` }))).not.toContain('udp-only');
    const alone = await serve('127.0.0.1', await freePort());
    expect(causeIds(await askWhy({ target: `udp://127.0.0.1:${alone}` }))).toContain('udp-only');
  });
});

describe.skipIf(!isRoot)('a program on its unix socket alone (needs root)', () => {
  const redis = findProgram('redis-server');
  const start = (...words: readonly string[]): readonly string[] => [
    `(${redis} --save '' --dir "$1" --unixsocket "$1/redis.sock" ${words.join(' ')} >"$1/log" &)`,
    'until [ -S "$1/redis.sock" ]; do sleep 0.02; done',
  ];

  it.skipIf(redis === null)(
    'is found, and not where it has its port too (needs redis-server)',
    () => {
      const target = 'redis://localhost:6379';
      const only = whyApart({ target }, { commands: start('--port 0') });
      expect(only.causes[0]).toMatchObject({ id: 'unix-only', explains: true });
      expect(only.answer).toMatch(
        /^Redis runs and listens on the unix socket \/\S+\/redis\.sock only, not on port 6379$/,
      );
      const both = whyApart({ target }, { commands: start('--port 6379') });
      expect(causeIds(both)).not.toContain('unix-only');
    },
  );
});

describe('a port that nobody listens on', () => {
  it.skipIf(!hasPython)('names who has bound it (needs python3)', async () => {
    const { first, pid } = await python(`
one = socket.socket(); one.bind(('127.0.0.1', 0)); print(one.getsockname()[1], flush=True)`);
    const diagnosis = await askWhy({ target: `127.0.0.1:${first}` });
    expect(diagnosis).toMatchObject({
      verdict: 'explained',
      symptom: { class: 'connection-refused' },
    });
    expect(causeIds(diagnosis)[0]).toBe('not-listening-yet');
    expect(causeIds(diagnosis)).not.toContain('nothing-listens');
    expect(diagnosis.causes[0]?.title).toContain(
      `(pid ${pid}) has bound 127.0.0.1:${first} and does not listen`,
    );
    const beside = await askWhy({ target: `127.0.0.2:${first}` });
    expect(causeIds(beside)).not.toContain('not-listening-yet');
  });

  it('explains port 0, and tries nothing', async () => {
    const diagnosis = await askWhy({ target: 'localhost:0' });
    expect(diagnosis.attempts).toEqual([]);
    expect(diagnosis.verdict).toBe('explained');
    expect(causeIds(diagnosis)[0]).toBe('port-zero');
    expect(causeIds(diagnosis)).not.toContain('nothing-listens');
  });

  it.skipIf(!canMakeMachines)("is a project's where its files tell so (needs root)", () => {
    const cwd = makeProject('shop-web');
    const usual = causeOf(whyApart({ target: '127.0.0.1:5173' }, { cwd }), 'nothing-listens');
    expect(usual.actions[0]?.label).toMatch(/^start /);
    const untied = causeOf(whyApart({ target: '127.0.0.1:45678' }, { cwd }), 'nothing-listens');
    expect(untied.actions.map(({ command }) => command)[0]).toBe('homeport ls');
    expect(untied.evidence.join()).toContain('whose files do not tell of port 45678');
  });
});

describe.skipIf(!hasPython)("Python's http.server (needs python3)", () => {
  const start = programStarter();

  it('keeps its port and folder where it is to listen elsewhere', async () => {
    const port = await freePort();
    const options = [`${port}`, '--directory', '/var', '-b', '127.0.0.1'];
    const { pid, line } = await start('python3', ['-u', '-m', 'http.server', ...options]);
    expect(await line()).toContain('Serving HTTP');
    const cause = causeOf(await askWhy({ target: `127.0.0.2:${port}` }), 'other-address');
    expect(cause.title).toContain(`(pid ${pid}`);
    expect(cause.actions[1]?.label).toContain(
      `python3 -m http.server ${port} --directory /var --bind 127.0.0.2`,
    );
  });
});
