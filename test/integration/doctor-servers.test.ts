import { describe, expect, it } from 'vitest';
import { openHost } from '../../src/host/open-host.ts';
import { doctor } from '../../src/operations/doctor.ts';
import { doctorApart, loopbackOn } from '../support/doctor-apart.ts';
import { freePort } from '../support/free-port.ts';
import { isRoot } from '../support/launcher.ts';
import { startApart, untilListening } from '../support/start-apart.ts';
import { hasPython } from '../support/start-python.ts';

/** lo on, with so few ports for outgoing connections. */
const fewPorts = (first: number, last: number) => ({
  setUp: `${loopbackOn}\nsysctl -qw net.ipv4.ip_local_port_range="${first} ${last}"`,
});

/** Clients of one server each, which stay connected. */
const callers = (...counts: readonly number[]): string => `
servers = [serve(2000 + at) for at in range(${counts.length})]
held = []
for server, count in zip(servers, [${counts.join(', ')}]):
    held += [socket.create_connection(server.getsockname()) for _ in range(count)]
doctor()`;

/** Clients that come and go: \`linger\` 0 resets the connection, which leaves nothing behind. */
const visitors = (linger: number | null): string => `
server = serve(2000)
stays = socket.create_connection(server.getsockname())
for at in range(12):
    client = socket.create_connection(server.getsockname())
    accepted = server.accept()[0] if at else [server.accept(), server.accept()][1][0]
    ${linger === null ? 'pass' : `client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, ${linger}))`}
    client.close()
    accepted.close()
doctor()`;

/** A server in a process of its own. */
const serverThat = (does: string, afterwards = ''): string => `
def run(ready):
    server = serve(2000)
    ${does}
    ready()
    signal.pause()
pid = child(run)
${afterwards}
doctor()`;

describe.skipIf(!isRoot || !hasPython)(
  'doctor on servers and their clients (needs root and python3)',
  () => {
    it('tells who uses up the ports towards one destination', () => {
      const verdict = doctorApart({ ...fewPorts(50_000, 50_009), python: callers(8) });
      const { titles, evidence } = verdict('ephemeral-ports-room');
      expect(titles).toHaveLength(1);
      expect(titles[0]).toMatch(
        /^80 % of the ports for connections from 127\.0\.0\.1 to 127\.0\.0\.1:2000 are in use, 8 by .*\(pid \d+/,
      );
      expect(evidence[0]).toBe(
        '8 of 10 ephemeral ports are in use from 127.0.0.1 to 127.0.0.1:2000',
      );
    });

    it('leaves servers of another network namespace to that one', async () => {
      const program = `
import socket, sys, time
one = socket.socket(); one.bind(('127.0.0.1', int(sys.argv[1]))); one.listen(5)
time.sleep(300)`;
      const port = await freePort();
      const { pid, output } = startApart('python3', ['-c', program, String(port)]);
      await untilListening(port, output);
      process.kill(pid, 'SIGSTOP');
      const host = openHost();
      const context = { host, signal: new AbortController().signal, now: Date.now };
      // The signal takes effect a moment later, and other tests may have stopped servers beside it.
      await expect
        .poll(async () => JSON.stringify((await doctor(context, {})).findings), { timeout: 10_000 })
        .toContain(`127.0.0.1:${port}`);
      const apart = doctorApart({});
      for (const id of ['processes-stopped', 'accept-queues-full']) {
        expect(apart(id).titles.join()).not.toContain(`:${port}`);
      }
    });

    it('does not where two destinations share them', () => {
      const verdict = doctorApart({ ...fewPorts(50_000, 50_011), python: callers(5, 5) });
      expect(verdict('ephemeral-ports-room').result).toBe('pass');
    });

    it('tells of closed connections that still hold their ports, and who talks to that server', () => {
      const verdict = doctorApart({ ...fewPorts(50_000, 50_019), python: visitors(null) });
      const { titles, evidence } = verdict('time-wait-flood');
      expect(titles).toEqual([
        '12 closed connections to 127.0.0.1:2000 still hold their ports, of 20: somebody makes a new one for each request',
      ]);
      expect(evidence[1]).toMatch(/^connected to it now: .*\(pid \d+/);
    });

    it('does not where connections leave nothing behind', () => {
      const verdict = doctorApart({ ...fewPorts(50_000, 50_019), python: visitors(0) });
      expect(verdict('time-wait-flood').result).toBe('pass');
    });

    it('names a server at its limit of open files', () => {
      const full = `
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    files = []
    try:
        while True: files.append(open('/dev/null'))
    except OSError as error:
        assert error.errno == errno.EMFILE`;
      const { titles } = doctorApart({ python: serverThat(full) })('processes-at-file-limit');
      expect(
        titles.filter((title) => / has 6\d of 64 files open: it can’t accept/.test(title)),
      ).toHaveLength(1);
    });

    it('does not name one with a few files to go', () => {
      const half = `
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    files = [open('/dev/null') for _ in range(40)]`;
      const { titles } = doctorApart({ python: serverThat(half) })('processes-at-file-limit');
      expect(titles.filter((title) => / of 64 files open/.test(title))).toEqual([]);
    });

    it('names a server that is stopped, and none that runs', () => {
      const stop = `os.kill(pid, signal.SIGSTOP)
os.waitpid(pid, os.WUNTRACED)`;
      const mine = (titles: readonly string[]) =>
        titles.filter((title) => title.includes('127.0.0.1:2000'));
      const stopped = doctorApart({ python: serverThat('pass', stop) })('processes-stopped');
      expect(mine(stopped.titles)).toHaveLength(1);
      expect(stopped.evidence).toContainEqual(
        expect.stringMatching(/^`ps -o stat= -p \d+` says T$/),
      );
      expect(mine(doctorApart({ python: serverThat('pass') })('processes-stopped').titles)).toEqual(
        [],
      );
    });

    it('names a server whose accept queue is full, not one with the last place taken', () => {
      const waiting = (count: number) => `
server = serve(2000, backlog=1)
held = [socket.create_connection(server.getsockname()) for _ in range(${count})]
doctor()`;
      const full = doctorApart({ python: waiting(2) })('accept-queues-full');
      expect(full.evidence).toContain('2 connections wait to be accepted, the backlog is 1');
      const last = doctorApart({ python: waiting(1) })('accept-queues-full');
      expect(last.evidence).not.toContain('1 connections wait to be accepted, the backlog is 1');
    });

    it('tells of a fixed port that an outgoing connection may take, not of a reserved one', () => {
      const python = 'server = serve(50051)  # on 50051\ndoctor()';
      const risky = doctorApart({ python })('ephemeral-range-and-servers');
      expect(risky.titles[0]).toMatch(/ on 127\.0\.0\.1:50051 .*may lose a fixed port/);
      const setUp = `${loopbackOn}\nsysctl -qw net.ipv4.ip_local_reserved_ports=50051`;
      expect(doctorApart({ setUp, python })('ephemeral-range-and-servers').result).toBe('pass');
    });
  },
);

describe.skipIf(!isRoot || !hasPython)('doctor in an environment (needs root and python3)', () => {
  it('tells of a proxy that localhost is sent to, of few files and of certificates that are not there', () => {
    const verdict = doctorApart({
      setUp: `${loopbackOn}\nulimit -n 200`,
      env: {
        HTTP_PROXY: 'http://ann:secret@proxy.example:3128',
        NO_PROXY: 'corp.example',
        NODE_EXTRA_CA_CERTS: '/nowhere/corp.pem',
      },
    });
    const { titles, evidence } = verdict('proxies-exempt-localhost');
    expect(titles[0]).toMatch(
      /^HTTP_PROXY sends requests for localhost, 127\.0\.0\.1, ::1 to http:\/\//,
    );
    expect(evidence.join()).not.toContain('secret');
    expect(verdict('asker-file-limit').titles).toEqual([
      'a program started here may open no more than 200 files',
    ]);
    expect(verdict('extra-ca-certs').result).toBe('fail');
  });

  it('does not where each of them is in order', () => {
    const verdict = doctorApart({
      setUp: `${loopbackOn}\nulimit -n 300`,
      env: {
        HTTP_PROXY: 'http://proxy.example:3128',
        NO_PROXY: 'corp.example,localhost,127.0.0.0/8,::1',
        NODE_EXTRA_CA_CERTS: '/etc/hosts',
      },
    });
    expect(verdict('proxies-exempt-localhost').result).toBe('pass');
    expect(verdict('asker-file-limit').result).toBe('pass');
    expect(verdict('extra-ca-certs').result).toBe('pass');
  });
});
