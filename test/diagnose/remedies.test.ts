import { describe, expect, it, test } from 'vitest';
import { byOwner, byRoot } from '../../src/diagnose/as-root.ts';
import { bindAdvice } from '../../src/diagnose/bind-advice.ts';
import { connectThere, reachableAddress } from '../../src/diagnose/connect-command.ts';
import { nameOfProject, projectStart, serverOnPort } from '../../src/diagnose/project-start.ts';
import { serviceStart } from '../../src/diagnose/service-start.ts';
import { isNamedAmong, usesText } from '../../src/diagnose/usual-port.ts';
import { unknown } from '../../src/model/known.ts';
import type { Program } from '../../src/model/listener.ts';
import type { ProjectFacts } from '../../src/model/project-facts.ts';
import { inetListener } from '../faces/cli/support/literals.ts';
import { machineFacts } from '../support/diagnosis-facts.ts';
import { oneProcess } from '../support/scene.ts';

const project = (
  markers: readonly string[],
  scripts: readonly string[] = [],
  dependencies: readonly string[] = [],
): ProjectFacts => ({
  root: '/srv/my shop',
  markers,
  manifest: { file: markers[0] ?? '', name: null, scripts, dependencies },
  git: null,
});

const commands = (facts: ProjectFacts, from: string | null = facts.root) =>
  projectStart(facts, 8001, from).map(({ command }) => command);

describe('how to start a project', () => {
  it.each([
    [project(['package.json'], ['build', 'start', 'dev']), ['npm run dev']],
    [project(['package.json'], ['start']), ['npm start']],
    [project(['package.json'], ['build']), []],
    [project(['deno.json'], ['dev']), ['deno task dev']],
    [project(['manage.py']), ['python3 manage.py runserver 127.0.0.1:8001']],
    [project(['composer.json', 'artisan']), ['php artisan serve --port=8001']],
    [project(['Gemfile'], [], ['rails']), ['bin/rails server -p 8001']],
    [project(['Gemfile'], [], ['sinatra']), []],
    [project(['mix.exs'], [], ['phoenix']), ['mix phx.server']],
    [project(['go.mod']), ['go run .']],
    [project(['Cargo.toml', 'compose.yaml']), ['cargo run', 'docker compose up -d']],
    [project(['.git']), []],
  ])('is told by its files (%#)', (facts, expected) => {
    expect(commands(facts)).toEqual(expected);
  });

  it('begins with its folder where that is another one', () => {
    expect(commands(project(['go.mod']), '/srv')).toEqual(["cd '/srv/my shop' && go run ."]);
    expect(commands(project(['go.mod']), null)).toEqual(["cd '/srv/my shop' && go run ."]);
  });

  it('is by the name of its manifest, else of its folder', () => {
    const named = project(['package.json']);
    expect(nameOfProject(named)).toBe('my shop');
    expect(nameOfProject({ ...named, manifest: null })).toBe('my shop');
    const { manifest } = named;
    const shop = manifest === null ? null : { ...manifest, name: '@acme/shop' };
    expect(nameOfProject({ ...named, manifest: shop })).toBe('@acme/shop');
  });

  it('knows the port of a dependency, and no other', () => {
    const facts = project(['package.json'], [], ['react', 'vite']);
    expect(serverOnPort(facts, 5173)).toBe('vite');
    expect(serverOnPort(facts, 3000)).toBeNull();
    expect(serverOnPort({ ...facts, manifest: null }, 5173)).toBeNull();
  });
});

test('a service of the system is started by root, a tool by its user', () => {
  expect(serviceStart(5432)).toMatchObject({
    command: 'sudo systemctl start postgresql',
    needsRoot: true,
  });
  expect(serviceStart(11_434)).toMatchObject({ command: 'ollama serve' });
  expect(serviceStart(11_434)?.needsRoot).toBeUndefined();
  expect(serviceStart(3000)).toBeNull();
});

const program = (
  id: string | null,
  name: string,
  kind: Program['kind'] = 'dev-server',
): Program => ({
  id,
  name,
  kind,
  version: null,
  evidence: [],
});

describe('where a program is told to listen', () => {
  const advice = (id: string | null, address: string): string =>
    bindAdvice(inetListener({ program: program(id, 'Thing') }), address, 8000).label;

  it.each([
    [
      'vite',
      '::1',
      "make Thing listen on ::1: server.host: '::1' in vite.config, or vite --host ::1",
    ],
    ['nginx', '::1', 'make Thing listen on ::1: listen [::1]:8000; in the server block'],
    ['django', '::1', 'make Thing listen on ::1: python3 manage.py runserver -6 [::1]:8000'],
    [
      'django',
      '127.0.0.1',
      'make Thing listen on 127.0.0.1: python3 manage.py runserver 127.0.0.1:8000',
    ],
    [
      'postgres',
      '127.0.0.1',
      "make Thing listen on 127.0.0.1: listen_addresses = 'localhost,127.0.0.1' in postgresql.conf",
    ],
    ['unheard-of', '::1', 'tell Thing to listen on ::1 (often an option --host or --bind)'],
    [null, '::1', 'tell Thing to listen on ::1 (often an option --host or --bind)'],
  ])('%s on %s', (id, address, label) => {
    expect(advice(id, address)).toBe(label);
  });

  it.each([
    ['python3 -m http.server 8123', 'python3 -m http.server 8123 --bind ::1'],
    ['python3 -m http.server', 'python3 -m http.server 8000 --bind ::1'],
    [
      '/usr/bin/python3 -mhttp.server -b 127.0.0.1 8123 --directory /srv/site',
      '/usr/bin/python3 -m http.server 8123 --directory /srv/site --bind ::1',
    ],
    [
      'python3 -m http.server --bind=127.0.0.1 8123 --cgi',
      'python3 -m http.server 8123 --cgi --bind ::1',
    ],
    ['python -m SimpleHTTPServer 8123', 'python3 -m http.server 8123 --bind ::1'],
  ])('keeps what else %s was given', (started, advised) => {
    const listener = inetListener({ program: program('python-http-server', 'Python http.server') });
    const port = started.includes('8123') ? 8123 : 8000;
    const processes = [oneProcess(4242, 1, { argv: started.split(' ') })];
    expect(bindAdvice(listener, '::1', port, { processes }).label).toBe(
      `make Python http.server listen on ::1: ${advised}`,
    );
  });

  it('is in general words where nobody may see the program', () => {
    const hidden = inetListener({ program: unknown('denied') });
    expect(bindAdvice(hidden, '::1', 80).label).toContain('tell the server to listen on ::1');
  });
});

describe('how a listener is tried', () => {
  const at = (address: string, kind: Program['kind'], transport: 'tcp' | 'udp' = 'tcp') =>
    inetListener({
      address,
      family: address.includes(':') ? 'ipv6' : 'ipv4',
      port: 8000,
      transport,
      program: program('x', 'X', kind),
    });

  it.each([
    [at('0.0.0.0', 'dev-server'), 'curl -i http://127.0.0.1:8000/'],
    [at('::', 'framework'), "curl -i 'http://[::1]:8000/'"],
    [at('127.0.0.2', 'database'), 'nc -vz 127.0.0.2 8000'],
    [at('127.0.0.1', 'system', 'udp'), 'nc -u -v 127.0.0.1 8000'],
  ])('at an address that reaches it (%#)', (listener, command) => {
    expect(connectThere(listener).command).toBe(command);
  });

  it('on its own address, or the loopback of its wildcard', () => {
    expect(reachableAddress(at('::', 'tool'))).toBe('::1');
    expect(reachableAddress(at('10.0.0.1', 'tool'))).toBe('10.0.0.1');
  });
});

describe('who has to run a command', () => {
  const asker = (uid: number) => machineFacts({ asker: { uid } });

  it('is the owner, and root for the processes of others', () => {
    const process = oneProcess(7, 1, { uid: 33 });
    expect(byOwner(process, asker(33), 'kill', '-CONT', '7')).toEqual({ command: 'kill -CONT 7' });
    expect(byOwner(process, asker(0), 'kill', '-CONT', '7')).toEqual({ command: 'kill -CONT 7' });
    expect(byOwner(process, asker(1000), 'kill', '-CONT', '7')).toEqual({
      command: 'sudo kill -CONT 7',
      needsRoot: true,
    });
  });

  it('is not guessed where the owner could not be read', () => {
    const process = oneProcess(7, 1, { uid: unknown('denied') });
    expect(byOwner(process, asker(1000), 'ls')).toEqual({ command: 'ls' });
    expect(byRoot('ls', 'a b')).toEqual({ command: "sudo ls 'a b'", needsRoot: true });
  });
});

test('a use is found by whole words', () => {
  expect(isNamedAmong(['vite'], ['Vite, where 5173 was taken'])).toBe(true);
  expect(isNamedAmong(['Redis'], ['second Redis'])).toBe(true);
  expect(isNamedAmong(['post'], ['PostgreSQL'])).toBe(false);
  expect(isNamedAmong([''], ['PostgreSQL'])).toBe(false);
  expect(usesText({ commonUses: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] })).toBe('a, b, c, d, e, f');
});
