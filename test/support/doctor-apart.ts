import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { bareEnvironment } from './start-apart.ts';

/** What a machine of the test's own is like, in namespaces: network, files and host name. */
export type Apart = {
  /** Shell commands; lo is down before them. */
  readonly setUp?: string;
  /** Path → what this file is there. */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * Python that brings the condition about and then calls `doctor()`, which returns when Homeport has
   * looked. `child(function)` calls one in a process of its own, which is ended afterwards, and
   * returns its pid once that has called what it was given.
   */
  readonly python?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** What doctor said of one check: how it ended, and what it found. */
export type Verdict = {
  readonly result: string;
  readonly titles: readonly string[];
  readonly evidence: readonly string[];
};

const printedHealth = z.object({
  checks: z.array(z.object({ id: z.string(), result: z.string() })),
  findings: z.array(z.object({ id: z.string(), title: z.string(), evidence: z.array(z.string()) })),
});

/** lo as it is on a sound machine. */
export const loopbackOn = 'ip link set lo up';

/** Runs doctor on a machine of the test's own, which is gone afterwards, and tells of each check. */
export const doctorApart = (apart: Apart): ((id: string) => Verdict) => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-doctor-'));
  try {
    const mounts = Object.entries(apart.files ?? {}).map(([path, text], index) => {
      writeFileSync(join(folder, `${index}`), text);
      return `mount --bind "$1/${index}" ${path}`;
    });
    const script = [...mounts, apart.setUp ?? loopbackOn, 'exec python3 -c "$PYTHON"'];
    const printed = execFileSync(
      'unshare',
      ['-nmu', 'sh', '-ec', script.join('\n'), 'sh', folder],
      {
        encoding: 'utf8',
        env: {
          ...bareEnvironment(),
          ...apart.env,
          NODE: process.execPath,
          DOCTOR: program,
          PYTHON: [prelude, apart.python ?? 'doctor()', 'leave()'].join('\n'),
        },
      },
    );
    return verdictsIn(printed);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const verdictsIn = (printed: string): ((id: string) => Verdict) => {
  const { checks, findings } = printedHealth.parse(JSON.parse(printed));
  return (id) => {
    const check = checks.find((one) => one.id === id);
    expect(check, id).toBeDefined();
    const found = findings.filter((one) => one.id === id);
    return {
      result: check?.result ?? '',
      titles: found.map(({ title }) => title),
      evidence: found.flatMap(({ evidence }) => evidence),
    };
  };
};

const source = join(import.meta.dirname, '../../src');

const program = `
  const { openHost } = await import('${source}/host/open-host.ts');
  const { doctor } = await import('${source}/operations/doctor.ts');
  const context = { host: openHost(), signal: AbortSignal.timeout(20_000), now: Date.now };
  console.log(JSON.stringify(await doctor(context, {})));`;

// Whatever happens, every child that was made is ended, by its pid.
const prelude = `
import errno, os, resource, signal, socket, struct, subprocess, sys, threading, time
children = []

def doctor():
    subprocess.run([os.environ['NODE'], '--input-type=module', '-e', os.environ['DOCTOR']], check=True)

def child(run):
    told, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(told)
        children.clear()
        run(lambda: os.write(tell, b'.'))
        os._exit(0)
    children.append(pid)
    os.close(tell)
    if os.read(told, 1) == b'':
        raise RuntimeError('the child ended')
    os.close(told)
    return pid

def leave():
    for pid in children:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    children.clear()

def fail(kind, value, trace):
    leave()
    sys.__excepthook__(kind, value, trace)

sys.excepthook = fail

def serve(port=0, backlog=64, host='127.0.0.1'):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((host, port))
    server.listen(backlog)
    return server
`;
