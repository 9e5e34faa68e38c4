import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeRuntime, root } from '../../scripts/setup/paths.mjs';

const script = join(root, 'scripts', 'start.mjs');
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
});

const start = (command: string, words: readonly string[]) => {
  const started = spawn(command, words, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
  child = started;
  let output = '';
  started.stdout.on('data', (chunk) => (output += chunk));
  started.stderr.on('data', (chunk) => (output += chunk));
  return { started, output: () => output };
};

/** `web`, `auth` and `payments`, as the output names them. */
const portsIn = (text: string): number[] => {
  const match = /web \((\d+)\) calls auth \((\d+)\) and payments \((\d+)\)/.exec(text);
  return (match?.slice(1) ?? []).map(Number);
};

const isOpen = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

const openOf = async (ports: readonly number[]): Promise<boolean[]> =>
  Promise.all(ports.map(isOpen));

describe('npm start', () => {
  it('shows the three services and ends by itself, and them, where nobody watches', async () => {
    const { started, output } = start(nodeRuntime(), [script]);
    const [code] = await once(started, 'close');
    expect(code, output()).toBe(0);
    const ports = portsIn(output());
    expect(ports).toHaveLength(3);
    expect(output()).toContain(`$ homeport 127.0.0.1:${ports[0]}`);
    for (const name of ['web', 'auth', 'payments']) {
      expect(output()).toContain(`playground-${name}`);
    }
    expect(await openOf(ports)).toEqual([false, false, false]);
  });

  // script(1) gives it a terminal; a byte 3 typed there is Ctrl-C.
  it('keeps them running on a terminal until Ctrl-C', async () => {
    const { started, output } = start('script', [
      '-qec',
      `exec ${nodeRuntime()} ${script}`,
      '/dev/null',
    ]);
    const ports = await new Promise<number[]>((resolve) => {
      started.stdout.on('data', () => {
        if (output().includes('until Ctrl-C')) resolve(portsIn(output()));
      });
    });
    expect(await openOf(ports)).toEqual([true, true, true]);
    started.stdin.write('\u0003');
    const [code] = await once(started, 'close');
    expect(code).toBe(0);
    expect(await openOf(ports)).toEqual([false, false, false]);
  });

  it('ends them when it is told to end itself', async () => {
    const { started, output } = start(nodeRuntime(), [script]);
    const ports = await new Promise<number[]>((resolve) => {
      started.stdout.on('data', () => {
        if (portsIn(output()).length > 0) resolve(portsIn(output()));
      });
    });
    started.kill('SIGTERM');
    const [code] = await once(started, 'close');
    expect(code).toBe(143);
    expect(await openOf(ports)).toEqual([false, false, false]);
  });
});
