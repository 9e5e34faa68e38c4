import { describe, expect, test } from 'vitest';
import { namesUnix, parseFilter } from '../../src/explain/filter.ts';
import type { Listener, UnixListener } from '../../src/model/listener.ts';
import { listenerOf } from './next-facts.ts';

const unixOf = (name: Partial<Pick<UnixListener, 'path' | 'abstract'>>): UnixListener => {
  const { namespace, program, project, origin, container, exposure, queue, since } = listenerOf();
  const told = { namespace, program, project, origin, container, exposure, queue, since };
  const nobody = { uid: 1000, user: null, owners: [], sockets: [], connectionCount: 0 };
  const unnamed = { transport: 'unix', type: 'stream', path: null, abstract: null } as const;
  return { ...told, ...nobody, ...unnamed, ...name };
};

const all: Readonly<Record<string, Listener>> = {
  web: listenerOf({ uid: 0, user: 'root', owners: [owner(42), owner(43, 65_534, 'nobody')] }),
  twin: listenerOf({ address: '::1', family: 'ipv6' }),
  dns: listenerOf({ transport: 'udp', port: 53 }),
  wide: listenerOf({
    port: 8080,
    exposure: { level: 'local-network', reasons: [], reachableVia: [] },
  }),
  far: listenerOf({ port: 30_000, program: { unknown: 'denied' } }),
  path: unixOf({ path: '/run/docker.sock' }),
  abstract: unixOf({ abstract: 'dbus' }),
};

function owner(pid: number, uid = 0, user = 'root') {
  const named = { pid, startedAt: '', name: 'next-server', uid, user };
  return { ...named, role: 'accepts', evidence: [] } as const;
}

const left = (...words: readonly string[]): string[] => {
  const isWanted = parseFilter(words);
  return Object.entries(all).flatMap(([name, listener]) => (isWanted(listener) ? [name] : []));
};

test.each([
  ['3000', ['web', 'twin']],
  [':3000', ['web', 'twin']],
  ['port:3000', ['web', 'twin']],
  ['127.0.0.1:3000', ['web']],
  ['[::1]:3000', ['twin']],
  ['*:3000', ['web', 'twin']],
  ['127.0.0.9:3000', []],
  ['udp', ['dns']],
  ['UNIX', ['path', 'abstract']],
  ['ipv6', ['twin']],
  ['exposed', ['wide']],
  ['user:root', ['web']],
  ['user:0', ['web']],
  ['user:nobody', ['web']],
  ['user:65534', ['web']],
  ['user:undefined', []],
  ['pid:42', ['web']],
  ['next-serv', ['web']],
  ['/run', ['path']],
  ['@dbus', ['abstract']],
  ['nothing', []],
])('%s leaves %j', (word, names) => {
  expect(left(word)).toEqual(names);
});

test('words of one kind are alternatives, words of different kinds must all hold', () => {
  expect(left('53', '8080')).toEqual(['dns', 'wide']);
  expect(left('53', '127.0.0.1:8080')).toEqual(['dns', 'wide']);
  expect(left('3000', 'user:root')).toEqual(['web']);
  expect(left()).toEqual(Object.keys(all));
});

describe('what can’t be right is refused', () => {
  test.each(['70000', '0', 'port:x', 'pid:x', 'user:', 'colour:red', ' ', '127.0.0.1:70000'])(
    '%s',
    (word) => {
      expect(() => parseFilter([word])).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    },
  );
});

test('unix sockets are asked for by their word or by a name of theirs', () => {
  for (const word of ['unix', 'Unix', '/run/docker.sock', '@dbus'])
    expect(namesUnix([word])).toBe(true);
  expect(namesUnix(['unixodbc', 'tcp', '3000'])).toBe(false);
});
