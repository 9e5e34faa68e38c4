import { describe, expect, it } from 'vitest';
import { readProcess } from '../../src/host/linux/processes.ts';
import { asUser } from '../support/as-user.ts';
import { processContext, realRoot } from '../support/process-context.ts';
import { programStarter } from '../support/start-program.ts';

const start = programStarter();
const isRoot = process.getuid?.() === 0;
describe.skipIf(!isRoot)('as root, read by another user', () => {
  const nobody = 65_534;
  const readAs = (pid: number, environment: string): unknown => {
    const module = new URL('../../src/host/linux/linux-host.ts', import.meta.url);
    const code = `${environment}
      const { linuxHost } = await import(${JSON.stringify(module.href)});
      console.log(JSON.stringify(linuxHost().process(${pid}, 'full')));`;
    const words = ['--input-type=module', '-e', code];
    return JSON.parse(asUser(nobody, process.execPath, words, 'utf8'));
  };

  it.each(['', "process.env.HOMEPORT_NO_FFI = '1';"])(
    'what the kernel guards is denied, the rest is told %s',
    async (environment) => {
      const { pid } = await start('/bin/sleep', ['600'], { cwd: '/tmp' });
      const denied = { unknown: 'denied' };
      expect(readAs(pid, environment)).toMatchObject({
        comm: 'sleep',
        argv: ['/bin/sleep', '600'],
        ppid: process.pid,
        uid: 0,
        user: 'root',
        exe: denied,
        cwd: denied,
        namespaces: { net: denied, pid: denied, mnt: denied },
        environment: denied,
        files: { open: denied },
      });
    },
  );

  it('a process that changed its uid has the effective one', async () => {
    const code =
      'import os, sys\nos.setresuid(0, 33, 0)\nprint("ready", flush=True)\nsys.stdin.readline()';
    const { pid, line } = await start('python3', ['-c', code]);
    await line();
    for (const native of [true, false]) {
      expect(readProcess(processContext(realRoot, native), pid, 'brief')).toMatchObject({
        uid: 33,
        user: 'www-data',
      });
    }
  });

  it.each(['hidepid=2', 'hidepid=1'])('with %s, others are denied and not gone', async (option) => {
    const { pid } = await start('/bin/sleep', ['600']);
    const module = new URL('../../src/host/linux/linux-host.ts', import.meta.url);
    const code = `
      const { linuxHost } = await import(${JSON.stringify(module.href)});
      const host = linuxHost();
      console.log(JSON.stringify([host.process(${pid}, 'brief'), host.process(4194305, 'brief'), host.process(process.pid, 'brief').pid === process.pid]));`;
    const script = `mount -t proc -o ${option} proc /proc && exec setpriv --reuid ${nobody} --regid ${nobody} --clear-groups "$@"`;
    const words = [
      '-m',
      'sh',
      '-c',
      script,
      'sh',
      process.execPath,
      '--input-type=module',
      '-e',
      code,
    ];
    const answer: unknown = JSON.parse(asUser(undefined, 'unshare', words, 'utf8'));
    expect(answer).toEqual([
      { unknown: 'denied', why: expect.stringMatching(/hidepid/) },
      { unknown: 'gone' },
      true,
    ]);
  });
});
