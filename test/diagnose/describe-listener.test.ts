import { describe, expect, it } from 'vitest';
import {
  describeListener,
  describeListenerAt,
  explainCommand,
  listenerEndpoint,
  listenerEvidence,
  ownerOf,
  projectName,
} from '../../src/diagnose/describe-listener.ts';
import { isUnknown } from '../../src/model/known.ts';
import type { Listener } from '../../src/model/listener.ts';
import { machineFacts, type Told } from '../support/diagnosis-facts.ts';
import { oneProcess, socket, unixSocket } from '../support/scene.ts';

const listenerOf = (told: Told): Listener => {
  const [first] = machineFacts(told).listeners;
  if (first === undefined) throw new Error('nothing listens');
  return first;
};

const vite = oneProcess(4242, 1, {
  comm: 'node',
  argv: ['node', '/srv/shop/node_modules/.bin/vite'],
  cwd: '/srv/shop',
});

const shop = {
  root: '/srv/shop',
  markers: ['package.json'],
  manifest: { file: 'package.json', name: 'shop', scripts: ['dev'], dependencies: ['vite'] },
  git: null,
};

const seen = listenerOf({
  sockets: [socket(5173)],
  holders: { 5173: [4242] },
  processes: [vite],
  snapshot: { projects: { '/srv/shop': shop } },
});

describe('who listens', () => {
  it('is a program, its pid and its project', () => {
    expect(describeListener(seen)).toBe('Vite (pid 4242, project shop)');
    expect(describeListenerAt(seen)).toBe('Vite (pid 4242, project shop) on 127.0.0.1:5173');
    expect(ownerOf(seen)?.pid).toBe(4242);
    expect(projectName(seen)).toBe('shop');
    expect(explainCommand(seen)).toBe('homeport explain pid:4242');
    expect(listenerEvidence(seen)).toEqual([
      'Vite (pid 4242, project shop) on 127.0.0.1:5173 listens (tcp)',
    ]);
  });

  it('is a container by its name, or by a short id', () => {
    const container = { id: 'abcdef0123456789', image: 'nginx:1', compose: null };
    const named = { ...seen, project: null, container: { ...container, name: 'web-1' } };
    const unnamed = { ...named, container: { ...container, name: { unknown: 'denied' } as const } };
    expect(describeListener(named)).toBe('Vite (pid 4242, container web-1)');
    expect(describeListener(unnamed)).toBe('Vite (pid 4242, container abcdef012345)');
  });

  it('is no name where nobody may look', () => {
    const hidden = listenerOf({
      sockets: [socket(5432, { uid: 114 })],
      snapshot: { unreadableProcesses: 3, users: { 114: 'postgres' } },
    });
    expect(isUnknown(hidden.owners)).toBe(true);
    expect(describeListener(hidden)).toBe('a program of postgres that may not be seen');
    expect(ownerOf(hidden)).toBeNull();
    expect(explainCommand(hidden)).toBe('homeport explain 127.0.0.1:5432');
    expect(listenerEvidence(hidden)[1]).toMatch(
      /^its process could not be read: held by a process/,
    );
  });

  it('tells apart what could not be read from what may not be', () => {
    const elsewhere = listenerOf({ sockets: [socket(5432)] });
    expect(describeListener(elsewhere)).toBe('a program that could not be read');
  });
});

describe('where it listens', () => {
  const at = (address: string, v6only: boolean | null, facts = {}): Listener =>
    listenerOf({
      sockets: [socket(1, { family: 'ipv6', local: { address, port: 80 }, v6only, ...facts })],
    });

  it.each([
    [at('::', true), '[::]:80', /\(tcp, IPv6 only\)$/],
    [at('::', false), '[::]:80', /\(tcp, IPv6 and IPv4\)$/],
    [at('::1', null), '[::1]:80', /\(tcp\)$/],
    [at('::1', null, { interfaceIndex: 1 }), '[::1]:80', /\(tcp, on lo only\)$/],
  ])('says how it is bound (%#)', (listener, endpoint, evidence) => {
    expect(listenerEndpoint(listener)).toBe(endpoint);
    expect(listenerEvidence(listener)[0]).toMatch(evidence);
  });

  it('names the namespace of a listener elsewhere', () => {
    const listener = listenerOf({ sockets: [socket(1, { namespace: 'net:[9]' })] });
    expect(listenerEvidence(listener)).toContain('in the network namespace net:[9]');
  });

  it('writes unix sockets as ss does', () => {
    const path = listenerOf({
      sockets: [unixSocket(1, { name: { kind: 'path', path: '/run/a.sock' } })],
    });
    const abstract = listenerOf({
      sockets: [unixSocket(1, { name: { kind: 'abstract', name: 'x' } })],
    });
    expect([listenerEndpoint(path), listenerEndpoint(abstract)]).toEqual(['/run/a.sock', '@x']);
    expect(explainCommand(path)).toBe('homeport ls unix');
  });
});
