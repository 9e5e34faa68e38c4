import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import { isRoot } from '../support/launcher.ts';
import { hasPython, type RunningPython } from '../support/start-python.ts';
import { askWhy, causeIds, causeOf } from '../support/why-facts.ts';
import { python } from '../support/why-servers.ts';

const server = (backlog = 5): string => `
server = socket.socket()
server.bind(('127.0.0.1', 0))
server.listen(${backlog})
port = server.getsockname()[1]`;

/** CAP_SYS_RESOURCE, which some containers take from root (capabilities(7)). */
const capabilities = /^CapEff:\s*(\w+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
const mayRaise = (BigInt(`0x${capabilities ?? 0}`) >> 24n) % 2n === 1n;

const rootAlone = '(skipped without root: the kernel shows others nothing of such a process)';

/** The number of exit(2), which ends one thread alone (syscalls(2)). */
const exitOfThread = process.arch === 'x64' ? 60 : 93;

const print = 'print(port, flush=True)';
const accepting = `
kept = []
def accept():
    while True: kept.append(server.accept())
threading.Thread(target=accept, daemon=True).start()`;

/** Why the server that printed its port does not answer; `also`: what else is asked. */
const whyOf = ({ first }: RunningPython, input: { probe?: boolean } = {}): Promise<Diagnosis> =>
  askWhy({ target: `127.0.0.1:${first}`, ...input });

/** The state of a process, proc(5). */
const stateOf = (pid: number): string =>
  execFileSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).charAt(0);

const untilState = async (pid: number, state: string): Promise<void> => {
  for (let waited = 0; stateOf(pid) !== state; waited += 20) {
    if (waited > 5000) throw new Error(`${pid} is in state ${stateOf(pid)}`);
    await sleep(20);
  }
};

const explainedBy = (diagnosis: Diagnosis, id: string): void => {
  expect(diagnosis.symptom).toMatchObject({ class: 'timeout', from: 'attempt' });
  expect(diagnosis.verdict).toBe('explained');
  expect(diagnosis.causes[0]).toMatchObject({ id, explains: true });
};

describe.skipIf(!hasPython)('a process that stands still (needs python3)', () => {
  it('was stopped by a signal, and goes on with the command that is given', async () => {
    const running = await python(`${server()}\n${accepting}\n${print}`);
    process.kill(running.pid, 'SIGSTOP');
    onTestFinished(() => void process.kill(running.pid, 'SIGCONT'));
    await untilState(running.pid, 'T');
    const diagnosis = await whyOf(running);
    explainedBy(diagnosis, 'process-stopped');
    const command = causeOf(diagnosis, 'process-stopped').actions[0]?.command ?? '';
    expect(command).toBe(`kill -CONT ${running.pid}`);
    execFileSync('sh', ['-c', command]);
    expect(causeIds(await whyOf(running))).not.toContain('process-stopped');
  });

  it('is found stopped without being connected to', async () => {
    const running = await python(`${server()}\n${print}`);
    process.kill(running.pid, 'SIGSTOP');
    onTestFinished(() => void process.kill(running.pid, 'SIGCONT'));
    await untilState(running.pid, 'T');
    const diagnosis = await whyOf(running, { probe: false });
    expect(causeIds(diagnosis)).toContain('process-stopped');
  });

  /** Attaches to the main thread of a process, as debuggers do, until it is stopped itself. */
  const hold = async ({ pid }: RunningPython): Promise<RunningPython> => {
    const holder = await python(`
import ctypes
attach = 16
if ctypes.CDLL(None).ptrace(attach, ${pid}, 0, 0) != 0: sys.exit('not permitted')
os.waitpid(${pid}, 0)
print('held', flush=True)`);
    await untilState(pid, 't');
    return holder;
  };

  it('is held by a debugger, until that lets go', async () => {
    const running = await python(`${server()}\n${print}`);
    const holder = await hold(running);
    explainedBy(await whyOf(running), 'process-traced');
    await holder.stop();
    await untilState(running.pid, 'S');
    expect(causeIds(await whyOf(running))).not.toContain('process-traced');
  });

  it('is not blamed where a debugger holds a thread that does not accept', async () => {
    const running = await python(`${server()}\n${accepting}\n${print}`);
    await hold(running);
    expect(causeIds(await whyOf(running))).not.toContain('process-traced');
  });

  it.skipIf(!isRoot)(`has ended but for a thread that keeps the socket ${rootAlone}`, async () => {
    const running = await python(`
import ctypes
${server()}
def stay():
    sys.stdin.read()
    os._exit(0)
threading.Thread(target=stay).start()
${print}
ctypes.CDLL(None).syscall(${exitOfThread}, 0)`);
    await untilState(running.pid, 'Z');
    explainedBy(await whyOf(running), 'process-zombie');
  });

  it.skipIf(!isRoot)(
    `has ended but for the thread that accepts, and is not blamed ${rootAlone}`,
    async () => {
      const running = await python(`
import ctypes
${server()}
kept = []
def stay():
    while True: kept.append(server.accept())
threading.Thread(target=stay, daemon=True).start()
def end():
    sys.stdin.read()
    os._exit(0)
threading.Thread(target=end).start()
${print}
ctypes.CDLL(None).syscall(${exitOfThread}, 0)`);
      await untilState(running.pid, 'Z');
      const diagnosis = await whyOf(running);
      expect(diagnosis.listeners[0]?.owners).toMatchObject([{ pid: running.pid }]);
      expect(causeIds(diagnosis)).not.toContain('process-zombie');
    },
  );

  it('waits inside the kernel for the child that it starts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'homeport-blocked-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const running = await python(`
os.mkfifo('${folder}/fifo')
${server()}
${print}
# The parent sleeps uninterruptibly until its child has opened the pipe and run its program (vfork(2)).
os.posix_spawn('/bin/true', ['true'], {}, file_actions=[(os.POSIX_SPAWN_OPEN, 0, '${folder}/fifo', os.O_RDONLY, 0)])`);
    onTestFinished(() => execFileSync('sh', ['-c', `: >'${folder}/fifo'`]) && undefined);
    await untilState(running.pid, 'D');
    explainedBy(await whyOf(running), 'process-blocked');
  });

  it('waits inside the kernel in one process, and answers by another', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'homeport-blocked-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const running = await python(`
os.mkfifo('${folder}/fifo')
${server()}
pid = os.fork()
if pid == 0:
    kept = []
    while True: kept.append(server.accept())
import signal, atexit
${print}
os.posix_spawn('/bin/true', ['true'], {}, file_actions=[(os.POSIX_SPAWN_OPEN, 0, '${folder}/fifo', os.O_RDONLY, 0)])
sys.stdin.read()
os.kill(pid, signal.SIGTERM)
os._exit(0)`);
    onTestFinished(() => execFileSync('sh', ['-c', `: >'${folder}/fifo'`]) && undefined);
    await untilState(running.pid, 'D');
    expect(causeIds(await whyOf(running))).not.toContain('process-blocked');
  });

  it('computes without a pause, and another that does answers', async () => {
    const loop = 'deadline = time.time() + 8\nwhile time.time() < deadline: pass';
    const busy = await python(`${server()}\n${print}\n${loop}`);
    const diagnosis = await whyOf(busy);
    explainedBy(diagnosis, 'process-busy');
    expect(causeOf(diagnosis, 'process-busy').evidence[0]).toMatch(/ used \d+ % of a core/);
    const working = await python(`${server()}\n${accepting}\n${print}\n${loop}`);
    expect(causeIds(await whyOf(working))).not.toContain('process-busy');
  });
});

describe.skipIf(!hasPython)('a server at its limit of open files (needs python3)', () => {
  const full = (spare: number, hard = 'resource.getrlimit(resource.RLIMIT_NOFILE)[1]'): string => `
${server()}
resource.setrlimit(resource.RLIMIT_NOFILE, (32, ${hard}))
kept = []
try:
    while True: kept.append(os.dup(0))
except OSError:
    for _ in range(${spare}): os.close(kept.pop())
def accept():
    while True:
        try: kept.append(server.accept())
        except OSError: time.sleep(0.02)
threading.Thread(target=accept, daemon=True).start()
${print}`;

  it('is found with use against limit, and helped by the command that is given', async () => {
    const running = await python(full(0));
    const diagnosis = await whyOf(running);
    explainedBy(diagnosis, 'open-file-limit');
    const cause = causeOf(diagnosis, 'open-file-limit');
    expect(cause.title).toMatch(/has 3\d files open and may have 32: /);
    execFileSync('sh', ['-c', cause.actions[0]?.command ?? '']);
    expect(causeIds(await whyOf(running))).not.toContain('open-file-limit');
  });

  it("is told whose hard limit is no higher, and that this is root's to raise", async () => {
    const running = await python(full(0, '32'));
    const cause = causeOf(await whyOf(running), 'open-file-limit');
    expect(cause.evidence[0]).toContain('the hard one is 32');
    expect(cause.actions[0]).toMatchObject({
      command: `sudo prlimit --pid ${running.pid} --nofile=1024:1024`,
      needsRoot: true,
    });
  });

  it('is helped by that command, where the kernel lets who runs it raise a hard limit', async () => {
    const running = await python(full(0, '32'));
    const [fix] = causeOf(await whyOf(running), 'open-file-limit').actions;
    const raise = (): unknown =>
      execFileSync('sh', ['-c', (fix?.command ?? '').replace('sudo ', '')], { stdio: 'pipe' });
    if (mayRaise) raise();
    else expect(raise).toThrow('Operation not permitted');
    const causes = causeIds(await whyOf(running));
    expect(causes.includes('open-file-limit')).toBe(!mayRaise);
  });

  it('is not blamed while it has some to spare', async () => {
    expect(causeIds(await whyOf(await python(full(8))))).not.toContain('open-file-limit');
  });
});

describe.skipIf(!hasPython)('an accept queue (needs python3)', () => {
  const clients = (count: number): string => `
kept = []
for _ in range(${count}):
    one = socket.socket()
    one.setblocking(False)
    try: one.connect(('127.0.0.1', port))
    except BlockingIOError: pass
    kept.append(one)
time.sleep(0.2)`;

  it('is full where more wait than may', async () => {
    const running = await python(`${server(1)}\n${clients(4)}\n${print}`);
    const diagnosis = await whyOf(running);
    explainedBy(diagnosis, 'accept-queue-full');
    expect(causeOf(diagnosis, 'accept-queue-full').evidence[0]).toBe(
      '2 connections wait to be accepted; the backlog is 1',
    );
    expect(causeIds(diagnosis)).not.toContain('not-accepting');
  });

  it('that nobody takes from is told by who should', async () => {
    const running = await python(`${server(50)}\n${print}`);
    const diagnosis = await whyOf(running);
    explainedBy(diagnosis, 'not-accepting');
    const evidence = causeOf(diagnosis, 'not-accepting').evidence.join();
    expect(evidence).toMatch(new RegExp(`\\(pid ${running.pid}, [^)]*\\) waits for something`));
    expect(evidence).toContain('taking connections up is its part (accept(2))');
  });

  it('is seen to wait without being connected to', async () => {
    const running = await python(`${server(50)}\n${print}`);
    const client = connect(Number(running.first), '127.0.0.1');
    onTestFinished(() => void client.destroy());
    await once(client, 'connect');
    await sleep(1100);
    expect(causeIds(await whyOf(running, { probe: false }))).toContain('not-accepting');
  });

  it('is in order where a program accepts', async () => {
    const running = await python(`${server(1)}\n${accepting}\n${print}`);
    const ids = causeIds(await whyOf(running));
    expect(ids).not.toContain('accept-queue-full');
    expect(ids).not.toContain('not-accepting');
  });

  it.skipIf(!isRoot)("is looked at with the owner's rights or root's (needs root)", async () => {
    const running = await python(`os.setuid(65534)\n${server(50)}\n${print}`);
    process.kill(running.pid, 'SIGSTOP');
    onTestFinished(() => void process.kill(running.pid, 'SIGCONT'));
    await untilState(running.pid, 'T');
    expect(causeOf(await whyOf(running), 'process-stopped').actions[0]?.command).toBe(
      `kill -CONT ${running.pid}`,
    );
  });
});
