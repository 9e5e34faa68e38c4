import { expect, test } from 'vitest';
import { askerFileLimit } from '../../../src/diagnose/checks/machine/asker-file-limit.ts';
import { extraCaCerts } from '../../../src/diagnose/checks/machine/extra-ca-certs.ts';
import { openFilesRoom } from '../../../src/diagnose/checks/machine/open-files-room.ts';
import { processesAtFileLimit } from '../../../src/diagnose/checks/machine/processes-at-file-limit.ts';
import { proxiesExemptLocalhost } from '../../../src/diagnose/checks/machine/proxies-exempt-localhost.ts';
import { unknown } from '../../../src/model/known.ts';
import type { ProxyVariables } from '../../../src/model/network.ts';
import type { Told } from '../../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../../support/scene.ts';
import { commandsOf, findingsOf, outcome } from './machine-outcome.ts';

test.each([
  [{ used: 2000, limit: 10_000 }, 'pass: 2000 files are open on the whole system, of 10000'],
  [{ used: 8999, limit: 10_000 }, 'pass: 8999 files are open on the whole system, of 10000'],
  [
    { used: 9000, limit: 10_000 },
    'fail: the system has 90 % of its files open: soon no program can accept or connect',
  ],
  [{ used: 2000, limit: 2 ** 63 }, 'pass: 2000 files are open on the whole system'],
  [
    unknown('denied'),
    'unknown: the number of open files could not be read: the kernel refuses it to this user',
  ],
])('open files of the system: %j', (openFiles, expected) => {
  expect(outcome(openFilesRoom, { network: { openFiles } })).toBe(expected);
});

const opening = (open: number, limit: number): Told => ({
  processes: [
    oneProcess(42, 1, { comm: 'api', files: { open, limit } }),
    oneProcess(43, 1, { comm: 'idle', files: { open: 3, limit: 1024 } }),
    oneProcess(44, 1, { comm: 'foreign' }),
  ],
});

test('a process at its limit is named', () => {
  expect(outcome(processesAtFileLimit, opening(64, 64))).toBe(
    'fail: api (pid 42) has 64 of 64 files open: it can’t accept or connect',
  );
  expect(outcome(processesAtFileLimit, opening(58, 64))).toBe(
    'fail: api (pid 42) has 58 of 64 files open: it soon can’t accept or connect',
  );
  expect(commandsOf(processesAtFileLimit, opening(64, 64))).toEqual([
    'prlimit --pid 42 --nofile=128:',
    'lsof -nP -p 42',
  ]);
});

test('the process nearest to its limit is told where none is at it', () => {
  expect(outcome(processesAtFileLimit, opening(57, 64))).toBe(
    'unknown: of 2 that could be counted the nearest is api (pid 42) with 57 of 64 files; 1 could not be counted',
  );
  const seen = (opening(57, 64).processes ?? []).slice(0, 2);
  expect(outcome(processesAtFileLimit, { processes: seen })).toBe(
    'pass: the nearest is api (pid 42) with 57 of 64 files',
  );
  const hidden = {
    processes: seen,
    sockets: [socket(3000), socket(3001)],
    snapshot: { unreadableProcesses: 2 },
  };
  expect(outcome(processesAtFileLimit, hidden)).toMatch(
    /^unknown: .*; who has 2 listeners may not be seen$/,
  );

  expect(outcome(processesAtFileLimit, { processes: [oneProcess(44, 1)] })).toBe(
    'unknown: no process’s open files could be counted',
  );
});

test.each([
  [1024, 'pass: a program started here may open up to 1024 files'],
  [256, 'pass: a program started here may open up to 256 files'],
  [255, 'fail: a program started here may open no more than 255 files'],
  [
    unknown('denied'),
    'unknown: the limit of open files could not be read: the kernel refuses it to this user',
  ],
])('the asker may open %j files', (openFileLimit, expected) => {
  expect(outcome(askerFileLimit, { asker: { openFileLimit } })).toBe(expected);
});

const proxied = (proxies: ProxyVariables): Told => ({ asker: { proxies } });
const proxy = 'http://proxy.corp:3128';

test.each([
  [{}, 'pass: no variable of the environment names a proxy'],
  [{ HTTP_PROXY: '', no_proxy: '' }, 'pass: no variable of the environment names a proxy'],
  [{ NO_PROXY: 'corp.example' }, 'pass: no variable of the environment names a proxy'],
  [{ FTP_PROXY: proxy }, 'pass: no variable of the environment names a proxy'],
  [
    { HTTP_PROXY: proxy, https_proxy: proxy, NO_PROXY: 'localhost,127.0.0.1,::1' },
    'pass: localhost, 127.0.0.1 and ::1 go past HTTP_PROXY and https_proxy',
  ],
  [{ ALL_PROXY: proxy, no_proxy: '*' }, 'pass: localhost, 127.0.0.1 and ::1 go past ALL_PROXY'],
  [
    { HTTP_PROXY: proxy },
    `fail: HTTP_PROXY sends requests for localhost, 127.0.0.1, ::1 to ${proxy}`,
  ],
  [
    { http_proxy: proxy, all_proxy: proxy, NO_PROXY: 'localhost,127.0.0.0/8' },
    `fail: http_proxy and all_proxy send requests for ::1 to ${proxy}`,
  ],
  [
    { HTTP_PROXY: proxy, NO_PROXY: 'localhost,127.0.0.1,::1', no_proxy: 'localhost' },
    `fail: HTTP_PROXY sends requests for 127.0.0.1, ::1 to ${proxy}`,
  ],
  [
    { HTTP_PROXY: proxy, NO_PROXY: 'localhost:3000,127.0.0.1,::1' },
    `fail: HTTP_PROXY sends requests for localhost to ${proxy}`,
  ],
])('an environment of %j', (proxies: ProxyVariables, expected) => {
  expect(outcome(proxiesExemptLocalhost, proxied(proxies))).toBe(expected);
});

test('the line to export keeps what is exempt already', () => {
  expect(
    commandsOf(
      proxiesExemptLocalhost,
      proxied({ HTTP_PROXY: proxy, NO_PROXY: '.corp, localhost' }),
    ),
  ).toEqual([
    'export NO_PROXY=.corp,localhost,127.0.0.1,::1 no_proxy=.corp,localhost,127.0.0.1,::1',
  ]);
  const told = proxied({ HTTP_PROXY: proxy });
  expect(findingsOf(proxiesExemptLocalhost, told)[0]?.evidence).toEqual([
    `HTTP_PROXY=${proxy}`,
    'NO_PROXY is not set',
  ]);
});

test.each([
  [null, 'pass: NODE_EXTRA_CA_CERTS is not set'],
  [
    { path: '/etc/corp.pem', readable: true },
    'pass: NODE_EXTRA_CA_CERTS is /etc/corp.pem, which Node 20 reads at every start: tens of milliseconds',
  ],
  [
    { path: '/etc/corp.pem', readable: false },
    'fail: NODE_EXTRA_CA_CERTS names /etc/corp.pem, which can’t be read: Node trusts none of its certificates',
  ],
])('NODE_EXTRA_CA_CERTS: %j', (told, expected) => {
  expect(outcome(extraCaCerts, { asker: { extraCaCerts: told } })).toBe(expected);
});
