import { describe, expect, it } from 'vitest';
import { argvLimit, parseArgv } from '../../src/host/linux/process-argv.ts';
import { parseCgroup } from '../../src/host/linux/process-cgroup.ts';
import { parseEnvironment } from '../../src/host/linux/process-environment.ts';
import { parseStat } from '../../src/host/linux/process-stat.ts';

const statLine = (comm: string, flags = 0x0040_0100): string =>
  `4242 (${comm}) S 4000 4241 4100 34816 -1 ${flags} 1 0 0 0 12 3 99 99 20 0 7 0 360000 1 250 0`;

describe('a stat line', () => {
  it('is told field by field', () => {
    expect(parseStat(statLine('node'))).toEqual({
      comm: 'node',
      state: 'S',
      ppid: 4000,
      processGroup: 4241,
      session: 4100,
      tty: 34816,
      kernelThread: false,
      cpuTicks: 15,
      threads: 7,
      startTicks: 360000,
      residentPages: 250,
    });
  });

  it.each(['next-server (v1', ') S 1 ', 'a) S 1 \n\u001b]0;pw\u0007', '((', '', 'é)'])(
    'survives the name %j',
    (comm) => {
      expect(parseStat(statLine(comm))).toMatchObject({ comm, state: 'S', ppid: 4000 });
    },
  );

  it('tells a kernel thread', () => {
    expect(parseStat(statLine('kworker/0:1', 0x0420_8060))).toMatchObject({ kernelThread: true });
  });

  it.each(['', '4242', '4242 (node', '4242 (node) S 1', ') ('])('is not %j', (text) => {
    expect(parseStat(text)).toBeNull();
  });
});

describe('a command line', () => {
  it.each([
    ['node\0--inspect\0a b\0', ['node', '--inspect', 'a b']],
    ['nginx: worker process\0\0\0\0', ['nginx: worker process']],
    ['prog\0\0middle\0', ['prog', '', 'middle']],
    ['no final nul', ['no final nul']],
    ['', []],
    ['\0\0', []],
  ])('%j is %j', (text, argv) => {
    expect(parseArgv(Buffer.from(text))).toEqual(argv);
  });

  it('replaces invalid UTF-8', () => {
    expect(parseArgv(Buffer.from([0x61, 0xff, 0x62, 0, 0x63, 0]))).toEqual(['a\ufffdb', 'c']);
  });

  it('is cut visibly, never within a character', () => {
    const [name, long = ''] = parseArgv(Buffer.from(`x\0${'€'.repeat(argvLimit)}\0end\0`));
    expect(name).toBe('x');
    expect(long).toMatch(/^€+…$/);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(argvLimit + 1);
  });
});

describe('a cgroup file', () => {
  it.each([
    ['unified', '0::/system.slice/nginx.service\n', '/system.slice/nginx.service'],
    ['the root alone', '0::/\n', '/'],
    [
      'hybrid, systemd tells more',
      '5:memory:/user.slice\n1:name=systemd:/user.slice/user-0.slice/session-1.scope\n0::/\n',
      '/user.slice/user-0.slice/session-1.scope',
    ],
    ['hybrid, memory tells more', '9:name=systemd:/\n4:memory:/api/e7a6\n0::/\n', '/api/e7a6'],
    ['any controller', '4:cpu,cpuacct:/docker/abc\n9:name=systemd:/\n', '/docker/abc'],
    ['unified first', '1:name=systemd:/init.scope\n0::/a:b\n', '/a:b'],
    ['no unified', '1:name=systemd:/\n', '/'],
    ['nothing', '', null],
  ])('%s', (_, text, path) => {
    expect(parseCgroup(text)).toBe(path);
  });
});

describe('an environment', () => {
  it('is left with the variables that tell an origin', () => {
    const text =
      'PATH=/bin\0AWS_SECRET=x\0TMUX=/tmp/tmux-1000/default,1,0\0npm_lifecycle_event=dev\0';
    expect(parseEnvironment(text)).toEqual({
      TMUX: '/tmp/tmux-1000/default,1,0',
      npm_lifecycle_event: 'dev',
    });
  });

  it('keeps the proxy that it names, without who may use it', () => {
    const text =
      'HTTPS_PROXY=http://ann:secret@proxy:3128\0https_proxy=http://proxy:3129\0' +
      'No_Proxy=x\0NO_PROXY=.shop.example,10.0.0.0/8\0TMUX=/tmp/a@b,1,0\0';
    expect(parseEnvironment(text)).toEqual({
      HTTPS_PROXY: 'http://***@proxy:3128',
      https_proxy: 'http://proxy:3129',
      NO_PROXY: '.shop.example,10.0.0.0/8',
      TMUX: '/tmp/a@b,1,0',
    });
  });

  it.each([
    ['the first of two', 'TMUX=1\0TMUX=2\0', { TMUX: '1' }],
    ['a value with =', 'TMUX=a=b\0', { TMUX: 'a=b' }],
    ['an empty value', 'TMUX=\0STY=1', { TMUX: '', STY: '1' }],
    ['no assignment', 'TMUX\0\0=x\0NOT_TMUX=1\0', {}],
    ['a name of the object prototype', '__proto__=x\0constructor=y\0', {}],
  ])('with %s', (_, text, found) => {
    expect(parseEnvironment(text)).toEqual(found);
  });
});
