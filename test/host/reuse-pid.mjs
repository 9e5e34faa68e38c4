/* Run as pid 1 of a pid namespace of its own: has a pid given to a second process, with the kernel's
 * help (ns_last_pid, proc(5)), and signals who had it first. Prints what came of it as JSON. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { linuxHost } from '../../src/host/linux/linux-host.ts';

const start = async () => {
  const child = spawn('sleep', ['300'], { stdio: 'ignore' });
  await once(child, 'spawn');
  return child;
};

const end = async (child) => {
  child.kill('SIGKILL');
  await once(child, 'exit');
};

/** Another process with this pid; several attempts, since others may be started in between. */
const startAs = async (pid) => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    writeFileSync('/proc/sys/kernel/ns_last_pid', `${pid - 1}`);
    const child = await start();
    if (child.pid === pid) return child;
    await end(child);
  }
  throw new Error(`pid ${pid} was not given again`);
};

const host = linuxHost();
const control = await host.control();
const first = await start();
const identity = host.process(first.pid, 'brief');
const heldBefore = control.holdProcess(identity);
await end(first);
// Start times are in hundredths of a second.
await new Promise((resolve) => setTimeout(resolve, 30));
const second = await startAs(first.pid);
const signalled = heldBefore.signal('SIGKILL');
const heldAfter = control.holdProcess(identity);
await new Promise((resolve) => setTimeout(resolve, 100));
const { pid, startTicks } = host.process(second.pid, 'brief');
console.log(
  JSON.stringify({
    samePid: pid === identity.pid,
    sameStart: startTicks === identity.startTicks,
    method: heldBefore.method,
    signalled,
    hasEnded: heldBefore.hasEnded(),
    heldAfter: heldAfter.unknown ?? null,
    secondRuns: second.exitCode === null && second.signalCode === null,
  }),
);
await end(second);
