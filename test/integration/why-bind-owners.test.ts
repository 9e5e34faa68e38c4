import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { isRoot } from '../support/launcher.ts';
import { startApart, untilListening } from '../support/start-apart.ts';
import { hasPython, startPython } from '../support/start-python.ts';
import { whyApart } from '../support/why-apart.ts';
import { failing, first, node, whyBind } from '../support/why-bind.ts';

const python = async (program: string): Promise<string> => {
  const running = await startPython(`import socket, sys\n${program}\nsys.stdin.read()`);
  onTestFinished(running.stop);
  return running.first;
};

describe('a UDP port', () => {
  const bound = async (): Promise<number> => {
    const held = createSocket('udp4');
    onTestFinished(() => void held.close());
    held.bind(0, '127.0.0.1');
    await once(held, 'listening');
    return held.address().port;
  };

  it('is tried as UDP where the message is of a datagram socket', async () => {
    const port = await bound();
    const diagnosis = await whyBind(`Error: bind EADDRINUSE 127.0.0.1:${port}
    at node:dgram:364:20`);
    expect(failing(diagnosis)).toEqual(['same-program-twice']);
    expect(diagnosis.target?.transport).toBe('udp');
    expect(first(diagnosis)?.title).toContain(`listens on 127.0.0.1:${port} (UDP)`);
  });

  it('is found where the message does not tell, and TCP is free', async () => {
    const port = await bound();
    const diagnosis = await whyBind(`bind 127.0.0.1:${port}: Address already in use`);
    expect(failing(diagnosis)).toEqual(['same-program-twice']);
    expect(diagnosis.answer).toContain('(UDP)');
  });

  it('is no obstacle to a TCP server', async () => {
    const port = await bound();
    expect(failing(await whyBind(node(`127.0.0.1:${port}`)))).toEqual(['free-now']);
  });
});

const serving = `
import socket, sys, time
one = socket.socket()
one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
one.bind(('127.0.0.1', int(sys.argv[1]))); one.listen(5); print('up', flush=True)
time.sleep(300)`;

const stranger = async (program: string, cwd = '/') => {
  const port = await freePort();
  const { pid, output } = startApart('python3', ['-c', program, String(port)], { cwd });
  await untilListening(port, output);
  return { port, pid };
};

const untilPrinted = async (output: () => string): Promise<void> => {
  while (!output().includes('up')) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe.skipIf(!hasPython)('owners of a port (need python3)', () => {
  it('are all named where two programs share it, and ending them frees it', async () => {
    const one = await stranger(serving);
    const two = startApart('python3', ['-c', serving, String(one.port)]);
    await untilPrinted(two.output);
    const diagnosis = await whyBind(node(`127.0.0.1:${one.port}`));
    expect(failing(diagnosis)).toEqual(['port-taken']);
    expect(first(diagnosis)?.title).toMatch(
      new RegExp(`\\(pid (?:${one.pid}|${two.pid})\\) and .*\\(pid (?:${one.pid}|${two.pid})\\)`),
    );
    const pids = (first(diagnosis)?.actions[1]?.command ?? '').match(/\d+/g)?.map(Number);
    expect(pids?.toSorted((a, b) => a - b)).toEqual([one.pid, two.pid].toSorted((a, b) => a - b));
  });

  it('are no heirs while the program that opened the socket still has it', async () => {
    const { port, pid } = await stranger(`
import socket, subprocess, sys, time
one = socket.socket(); one.bind(('127.0.0.1', int(sys.argv[1]))); one.listen(5)
one.set_inheritable(True)
subprocess.Popen(['sleep', '300'], close_fds=False)
time.sleep(300)`);
    const diagnosis = await whyBind(node(`127.0.0.1:${port}`));
    expect(failing(diagnosis)).toEqual(['port-taken']);
    expect(first(diagnosis)?.title).toContain(`(pid ${pid})`);
    const [free, stop] = first(diagnosis)?.actions ?? [];
    expect(free?.command).toBe(`homeport free 127.0.0.1:${port}`);
    expect(stop?.command).toBe(`kill -TERM ${pid}`);
  });

  it('are no earlier instance where they belong to another project', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'homeport-other-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'package.json'), '{"name":"other-shop"}');
    const { port } = await stranger(serving, folder);
    const diagnosis = await whyBind(node(`127.0.0.1:${port}`));
    expect(failing(diagnosis)).toEqual(['port-taken']);
    expect(first(diagnosis)?.title).toContain('project other-shop');
  });

  it('are no systemd for their name', async () => {
    const port = await freePort();
    const { pid, output } = startApart('bash', [
      '-c',
      'exec -a /lib/systemd/systemd python3 -c "$0" "$1"',
      serving.replace(
        'time.sleep(300)',
        "open('/proc/self/comm', 'w').write('systemd')\ntime.sleep(300)",
      ),
      String(port),
    ]);
    await untilListening(port, output);
    const diagnosis = await whyBind(node(`127.0.0.1:${port}`));
    expect(failing(diagnosis)).toEqual(['port-taken']);
    expect(first(diagnosis)?.actions[1]?.command).toBe(`kill -TERM ${pid}`);
  });

  it('are a client that met itself', async () => {
    const port = Number(
      await python(`
one = socket.socket(); one.bind(('127.0.0.1', 0)); one.connect(one.getsockname())
print(one.getsockname()[1], flush=True)`),
    );
    const diagnosis = await whyBind(node(`127.0.0.1:${port}`));
    expect(failing(diagnosis)).toEqual(['outgoing-connection-holds-port']);
    expect(first(diagnosis)?.title).toContain('a connection that met itself');
    expect(first(diagnosis)?.title).not.toContain('talk to');
  });
});

describe.skipIf(!isRoot)('a reserved port (needs root)', () => {
  const asked = (port: number) =>
    whyApart(
      { message: node(`127.0.0.1:${port}`) },
      { commands: ['sysctl -qw net.ipv4.ip_local_reserved_ports=40100-40200'] },
    );
  const factOf = (diagnosis: ReturnType<typeof asked>) =>
    diagnosis.checks.find(({ id }) => id === 'reserved-port')?.fact;

  it('can be bound, and is told from one that is not', () => {
    const reserved = asked(40_150);
    expect(failing(reserved)).toEqual(['free-now']);
    expect(factOf(reserved)).toContain('40150 is in ip_local_reserved_ports');
    expect(factOf(asked(40_201))).toBe('40201 is not reserved');
  });
});
