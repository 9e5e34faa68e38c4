import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { npm } from '../../scripts/setup/npm.mjs';
import { pack } from '../../scripts/setup/pack.mjs';
import { nodeRuntime } from '../../scripts/setup/paths.mjs';
import { runQuietly } from '../../scripts/setup/run.mjs';

/** A project that has nothing but the packed package. */
const folder = mkdtempSync(join(tmpdir(), 'homeport-installed-'));
const installed = join(folder, 'node_modules', 'homeport');

beforeAll(async () => {
  const packed = await pack(folder);
  expect(packed).toMatchObject({ code: 0 });
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const place = ['--prefix', folder, '--prefer-offline', '--ignore-scripts'];
  const result = await npm('install', ...place, join(folder, tarball));
  expect(result, result.output).toMatchObject({ code: 0 });
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = (...args: string[]) => runQuietly(nodeRuntime(), args, { cwd: folder });

describe('the package, installed from its tarball', () => {
  it('puts a command on the path that tells its version', async () => {
    const result = await node(join(folder, 'node_modules', '.bin', 'homeport'), '--version');
    expect(result).toEqual({ code: 0, output: `${manifest.version}\n` });
  });

  it('lists what listens, as JSON', async () => {
    const { code, output } = await node(join(installed, 'bin', 'homeport.js'), 'ls', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ listeners: expect.any(Array) });
  });

  it('can be imported, by named exports only', async () => {
    const program = "const all = await import('homeport'); console.log(Object.keys(all).join());";
    const { code, output } = await node('--input-type=module', '--eval', program);
    expect(code).toBe(0);
    const names = output.trim().split(',');
    expect(names).toContain('explain');
    expect(names).not.toContain('default');
  });

  it('names the licence of every package that its files hold parts of', () => {
    const notices = readFileSync(join(installed, 'THIRD-PARTY-NOTICES.md'), 'utf8');
    const dist = join(installed, 'dist');
    const texts = readdirSync(dist).map((name) => readFileSync(join(dist, name), 'utf8'));
    const region = /^\/\/#region node_modules\/((?:@[^/]+\/)?[^/]+)\//gm;
    const names = texts.flatMap((text) => Array.from(text.matchAll(region), ([, name]) => name));
    expect(names).toContain('get-east-asian-width');
    for (const name of new Set(names)) expect(notices).toContain(`## ${name}\n`);
  });

  it('has types of its own alone: a user needs no other package to read them', () => {
    const types = readFileSync(join(installed, 'dist', 'index.d.ts'), 'utf8');
    expect(types).toContain('ListListenersInput');
    expect(types).not.toMatch(/node_modules|zod/);
    expect(types).not.toMatch(/from ["'](?!node:)/);
  });

  it('holds what a user needs and nothing of the workshop', () => {
    expect(readdirSync(installed).toSorted()).toEqual(
      expect.arrayContaining(['CHANGELOG.md', 'LICENSE', 'bin', 'dist', 'man', 'package.json']),
    );
    for (const name of ['src', 'test', 'scripts', 'playground', 'tools']) {
      expect(readdirSync(installed)).not.toContain(name);
    }
  });
});
