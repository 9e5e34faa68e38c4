import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readManifest } from '../../src/host/project-manifest.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'manifest-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const read = (file: string, content: string | Buffer) => {
  writeFileSync(join(root, file), content);
  return readManifest('', root, [file]);
};

describe('a manifest', () => {
  test.each<[string, string, string | null, readonly string[], readonly string[]]>([
    [
      'package.json',
      '{"name":"shop","scripts":{"dev":"vite"},"dependencies":{"hono":"4"},"devDependencies":{"vite":"7"}}',
      'shop',
      ['dev'],
      ['hono', 'vite'],
    ],
    ['deno.json', '{"name":"@a/shop","tasks":{"dev":"x"}}', '@a/shop', ['dev'], []],
    [
      'composer.json',
      '{"name":"a/shop","require":{"laravel/framework":"12"},"require-dev":{"pest":"4"}}',
      'a/shop',
      [],
      ['laravel/framework', 'pest'],
    ],
    [
      'pyproject.toml',
      '[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "shop"\ndependencies = [\n  "fastapi[standard]>=0.1",\n  \'uvicorn\',\n]\n[project.scripts]\nserve = "shop:main"\n',
      'shop',
      ['serve'],
      ['fastapi', 'uvicorn'],
    ],
    [
      'pyproject.toml',
      '[tool.poetry]\nname = "shop"\n\n[tool.poetry.dependencies]\npython = "^3.12"\nDjango = "^5"\n',
      'shop',
      [],
      ['Django'],
    ],
    [
      'requirements.txt',
      '# web\nFlask==3.0\n-r base.txt\n\ngunicorn>=20 ; python_version > "3"\nuvicorn[standard]\n',
      null,
      [],
      ['Flask', 'gunicorn', 'uvicorn'],
    ],
    [
      'go.mod',
      'module example.org/shop\n\ngo 1.24\n\nrequire github.com/a/one v1.0.0\nrequire (\n\tgolang.org/x/net v0.1.0\n)\n',
      'example.org/shop',
      [],
      ['github.com/a/one', 'golang.org/x/net'],
    ],
    [
      'Cargo.toml',
      '[workspace]\nmembers = []\n[package]\nname = "shop"\n[dependencies]\naxum = "0.8"\ntokio = { version = "1" }\n',
      'shop',
      [],
      ['axum', 'tokio'],
    ],
    [
      'Gemfile',
      'source "https://rubygems.org"\ngem "rails", "~> 8"\ngroup :test do\n  gem \'rspec\'\nend\n',
      null,
      [],
      ['rails', 'rspec'],
    ],
    [
      'mix.exs',
      'def project do\n  [app: :shop, deps: deps()]\nend\ndefp deps do\n  [{:phoenix, "~> 1.8"}, {:ecto, git: "x"}]\nend\n',
      'shop',
      [],
      ['phoenix', 'ecto'],
    ],
    ['pubspec.yaml', 'name: shop\nversion: 1.0.0\n', 'shop', [], []],
    [
      'pom.xml',
      '<project><parent><artifactId>boot</artifactId></parent><artifactId>shop</artifactId><dependencies><dependency><artifactId>web</artifactId></dependency></dependencies></project>',
      'shop',
      [],
      ['web'],
    ],
  ])('%s %#', (file, content, ...told) => {
    const [name, scripts, dependencies] = told;
    expect(read(file, content)).toEqual({ file, name, scripts, dependencies });
  });

  test.each([
    ['vite --port 4000', [4000]],
    ['next dev -p 3001 && PORT=8080 node .', [3001, 8080]],
    ['serve --listen-port=5001 http://localhost:5000', [5001, 5000]],
    ['node --inspect-port=70000 x.js -p 0', undefined],
    ['vite build', undefined],
  ])('whose scripts name ports: %s', (script, ports) => {
    const manifest = read('package.json', JSON.stringify({ scripts: { dev: script } }));
    expect(manifest?.ports).toEqual(ports);
    expect(read('deno.json', JSON.stringify({ tasks: { dev: script } }))?.ports).toEqual(ports);
  });

  test.each([
    'package.json',
    'deno.json',
    'composer.json',
    'pyproject.toml',
    'go.mod',
    'Cargo.toml',
    'mix.exs',
    'pom.xml',
    'pubspec.yaml',
    'Gemfile',
  ])('%s that is broken has no name and breaks nothing', (file) => {
    const empty = { file, name: null, scripts: [], dependencies: [] };
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 31) % 256));
    for (const content of ['', '{', '[]', 'null', '{"name":7,"scripts":[],"dependencies":"x"}']) {
      expect(read(file, content)).toEqual(empty);
    }
    expect(read(file, bytes)).toEqual(empty);
  });

  test('of more than 1 MiB, or that is no file, is none', () => {
    expect(read('package.json', `{"name":"shop"}${' '.repeat(1 << 20)}`)).toBeNull();
    mkdirSync(join(root, 'go.mod'));
    expect(readManifest('', root, ['go.mod'])).toBeNull();
  });

  test('is the first of the markers that is one', () => {
    writeFileSync(join(root, 'go.mod'), 'module shop\n');
    writeFileSync(join(root, 'package.json'), '{"name":"web"}');
    expect(readManifest('', root, ['.git', 'go.mod', 'package.json'])).toMatchObject({
      file: 'go.mod',
    });
    expect(readManifest('', root, ['.git', 'Makefile'])).toBeNull();
  });
});

describe('a crafted manifest', () => {
  // 100 kB of this took minutes with patterns of quadratic time; the runner's own limit is the judge.
  test.each<[string, string]>([
    ['Gemfile', '\n'.repeat(100_000)],
    ['package.json', JSON.stringify({ scripts: { dev: '-'.repeat(100_000) } })],
    ['go.mod', `require a${'.a'.repeat(50_000)}`],
    ['pom.xml', '<parent>'.repeat(12_000)],
    ['pyproject.toml', 'dependencies = [\n'.repeat(6_000)],
  ])('%s is read in linear time', (file, content) => {
    expect(read(file, content)?.file).toBe(file);
  });

  test('a byte order mark does not hide the name', () => {
    expect(read('package.json', '\ufeff{"name":"shop"}')?.name).toBe('shop');
  });

  test('peer dependencies count', () => {
    expect(read('package.json', '{"peerDependencies":{"vite":"8"}}')?.dependencies).toEqual([
      'vite',
    ]);
  });
});
