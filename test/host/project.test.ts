import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readProject } from '../../src/host/project.ts';
import { knownOr } from '../../src/model/known.ts';
import type { ProjectFacts } from '../../src/model/project-facts.ts';

let files = '';
beforeEach(() => {
  files = realpathSync(mkdtempSync(join(tmpdir(), 'project-')));
});
afterEach(() => rmSync(files, { recursive: true }));

const write = (path: string, text = ''): void => {
  mkdirSync(dirname(join(files, path)), { recursive: true });
  writeFileSync(join(files, path), text);
};
const folder = (path: string): void => void mkdirSync(join(files, path), { recursive: true });
const project = (directory: string): ProjectFacts | null =>
  knownOr(readProject(files, directory), null);

describe('the project of a folder', () => {
  it('is where the nearest marker stands', () => {
    write('/srv/shop/package.json', '{"name":"shop"}');
    write('/srv/shop/web/vite.config.ts');
    write('/srv/shop/api/Makefile');
    folder('/srv/shop/web/src');
    expect(project('/srv/shop/web/src')).toMatchObject({
      root: '/srv/shop',
      manifest: { name: 'shop' },
    });
    expect(project('/srv/shop/api')).toEqual({
      root: '/srv/shop/api',
      markers: ['Makefile'],
      manifest: null,
      git: null,
    });
  });

  it('is never a package in node_modules', () => {
    write('/srv/shop/package.json', '{"name":"shop"}');
    write('/srv/shop/node_modules/next/package.json', '{"name":"next"}');
    folder('/srv/shop/node_modules/next/dist');
    expect(project('/srv/shop/node_modules/next/dist')).toMatchObject({ root: '/srv/shop' });
  });

  it('is a person’s home folder, wherever that is, only for who works in it', () => {
    write('/srv/people/bo/package.json', '{"name":"stray"}');
    write('/srv/people/al/.git/HEAD', 'ref: refs/heads/dotfiles\n');
    write('/srv/people/bo/.git/HEAD', 'ref: refs/heads/main\n');
    write('/srv/people/bo/shop/package.json', '{"name":"shop"}');
    folder('/srv/people/bo/notes');
    const homes = new Set(['/srv/people/bo', '/srv/people/al']);
    expect(readProject(files, '/srv/people/bo', homes)).toMatchObject({ root: '/srv/people/bo' });
    expect(readProject(files, '/srv/people/al', homes)).toBeNull();
    expect(readProject(files, '/srv/people/bo/notes', homes)).toBeNull();
    expect(readProject(files, '/srv/people/bo/shop', homes)).toMatchObject({
      root: '/srv/people/bo/shop',
      git: null,
    });
  });

  it('is none without a marker', () => {
    folder('/srv/data');
    expect(readProject(files, '/srv/data')).toBeNull();
    expect(readProject(files, '/')).toBeNull();
  });

  it.each(['/', '/home', '/home/ann', '/root', '/tmp'])(
    'is not %s for a Makefile or .git',
    (path) => {
      const at = path === '/' ? '' : path;
      write(`${at}/Makefile`);
      write(`${at}/.git/HEAD`, 'ref: refs/heads/main\n');
      expect(readProject(files, path)).toBeNull();
      write(`${at}/package.json`, '{}');
      expect(project(path)).toMatchObject({ root: path, git: { branch: 'main' } });
    },
  );

  it('does not take the git worktree of a whole home', () => {
    write('/home/ann/.git/HEAD', 'ref: refs/heads/dotfiles\n');
    write('/home/ann/shop/go.mod', 'module example.com/shop\n');
    expect(project('/home/ann/shop')).toMatchObject({ root: '/home/ann/shop', git: null });
  });

  it('is unknown where the folder is gone, closed, a file or elsewhere', () => {
    write('/srv/file');
    symlinkSync('loop', join(files, 'loop'));
    expect(readProject(files, '/srv/gone (deleted)')).toMatchObject({ unknown: 'gone' });
    expect(readProject(files, '/srv/file')).toMatchObject({ unknown: 'unsupported' });
    expect(readProject(files, '(unreachable)/x')).toMatchObject({ unknown: 'other-namespace' });
    expect(readProject(files, '/loop')).toMatchObject({ unknown: 'gone' });
  });

  it('is found by a .NET project file', () => {
    folder('/srv/app/obj');
    write('/srv/app/Shop.Api.csproj', '<Project/>');
    expect(project('/srv/app')).toMatchObject({
      root: '/srv/app',
      markers: ['Shop.Api.csproj'],
      manifest: { file: 'Shop.Api.csproj', name: 'Shop.Api' },
    });
  });
});

describe('a manifest', () => {
  const cases: readonly (readonly [string, string, string | null, string[], string[]])[] = [
    [
      'package.json',
      '{"name":"a","scripts":{"dev":"x"},"dependencies":{"b":"1"},"devDependencies":{"c":"1"}}',
      'a',
      ['dev'],
      ['b', 'c'],
    ],
    ['package.json', '{"name":7,"scripts":[],"dependencies":"x"}', null, [], []],
    ['package.json', '{ broken', null, [], []],
    ['package.json', '[1]', null, [], []],
    [
      'deno.json',
      '{"name":"@s/a","tasks":{"dev":"x"},"imports":{"hono":"jsr:hono"}}',
      '@s/a',
      ['dev'],
      ['hono'],
    ],
    [
      'pyproject.toml',
      '[build-system]\nname = "no"\n[project]\nname = "shop"\ndependencies = [\n  "fastapi>=0.1",\n  "uvicorn[standard]",\n]\n[project.scripts]\nserve = "a:b"\n',
      'shop',
      ['serve'],
      ['fastapi', 'uvicorn'],
    ],
    [
      'pyproject.toml',
      '[tool.poetry]\nname = "old"\n[tool.poetry.dependencies]\npython = "^3.12"\ndjango = "^5"\n',
      'old',
      [],
      ['django'],
    ],
    [
      'requirements.txt',
      '# c\nFlask==3\n-r other.txt\ngunicorn\n',
      null,
      [],
      ['Flask', 'gunicorn'],
    ],
    ['Pipfile', '[packages]\nflask = "*"\n[scripts]\nrun = "x"\n', null, ['run'], ['flask']],
    [
      'go.mod',
      'module example.com/shop/api\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.10.0\n)\nrequire golang.org/x/net v0.30.0\n',
      'example.com/shop/api',
      [],
      ['github.com/gin-gonic/gin', 'golang.org/x/net'],
    ],
    [
      'Cargo.toml',
      '[workspace]\n[package]\nname = "shop"\n[dependencies]\naxum = "0.8"\ntokio = { version = "1" }\n[dev-dependencies]\nx = "1"\n',
      'shop',
      [],
      ['axum', 'tokio'],
    ],
    [
      'composer.json',
      '{"name":"ann/shop","require":{"laravel/framework":"^12"}}',
      'ann/shop',
      [],
      ['laravel/framework'],
    ],
    ['Gemfile', "source 'x'\ngem 'rails', '~> 8'\n  gem \"puma\"\n", null, [], ['rails', 'puma']],
    [
      'mix.exs',
      'def project do [app: :shop, deps: deps()] end\ndefp deps do [{:phoenix, "~> 1.8"}] end',
      'shop',
      [],
      ['phoenix'],
    ],
    [
      'pom.xml',
      '<project><parent><artifactId>boot</artifactId></parent><artifactId>shop</artifactId><dependencies><dependency><artifactId>web</artifactId></dependency></dependencies></project>',
      'shop',
      [],
      ['web'],
    ],
    [
      'build.gradle',
      "dependencies { implementation 'org.springframework.boot:spring-boot:3.5' }",
      null,
      [],
      ['org.springframework.boot:spring-boot'],
    ],
    ['pubspec.yaml', 'name: shop_app\n', 'shop_app', [], []],
  ];
  it.each(cases)('%s %j', (file, text, ...[name, scripts, dependencies]) => {
    write(`/srv/a/${file}`, text);
    expect(project('/srv/a')?.manifest).toEqual({ file, name, scripts, dependencies });
  });

  it('is left out where it is no small file', () => {
    write('/srv/big/package.json', ' '.repeat(1_048_577));
    folder('/srv/dir/package.json');
    folder('/srv/pipe');
    execFileSync('mkfifo', [join(files, 'srv/pipe/package.json')]);
    for (const name of ['big', 'dir', 'pipe']) {
      expect(project(`/srv/${name}`)).toMatchObject({ markers: ['package.json'], manifest: null });
    }
  });

  it('is left out where it is a link, which may lead to a secret', () => {
    write('/root/.ssh/id', 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmU\n');
    folder('/srv/shop');
    symlinkSync(join(files, 'root/.ssh/id'), join(files, 'srv/shop/requirements.txt'));
    expect(project('/srv/shop')).toMatchObject({ markers: ['requirements.txt'], manifest: null });
  });
});

describe('the git worktree', () => {
  const git = (...words: readonly string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], {
      cwd: join(files, 'repo'),
      stdio: 'ignore',
      env: { PATH: process.env['PATH'], HOME: files, GIT_CONFIG_NOSYSTEM: '1' },
    });
  const commit = (): void => {
    folder('/repo/sub');
    git('init', '-q', '-b', 'feature/one');
    git('commit', '-q', '--allow-empty', '-m', 'x');
  };
  // Git writes real paths: the tree has to stand at its own root.
  const gitOf = (path: string) => knownOr(readProject('', join(files, path)), null)?.git;

  it('has its branch, also from below', () => {
    commit();
    const [root] = [join(files, 'repo')];
    expect(gitOf('repo/sub')).toEqual({
      root,
      branch: 'feature/one',
      worktree: null,
      mainRoot: root,
    });
    git('checkout', '-q', '--detach');
    expect(gitOf('repo')).toMatchObject({ branch: null });
  });

  it('may be a linked one', () => {
    commit();
    git('worktree', 'add', '-q', '-b', 'two', join(files, 'elsewhere'));
    expect(gitOf('elsewhere')).toEqual({
      root: join(files, 'elsewhere'),
      branch: 'two',
      worktree: 'elsewhere',
      mainRoot: join(files, 'repo'),
    });
  });

  it('may be a submodule, or a broken file', () => {
    write('/srv/lib/.git', 'gitdir: ../.git/modules/lib\n');
    write('/srv/.git/modules/lib/HEAD', 'ref: refs/heads/main\n');
    const main = { root: '/srv/lib', worktree: null, mainRoot: '/srv/lib' };
    expect(project('/srv/lib')?.git).toEqual({ ...main, branch: 'main' });
    write('/srv/lib/.git', 'what?');
    expect(project('/srv/lib')?.git).toEqual({ ...main, branch: null });
  });

  it('tells nothing of a file that a link of its folder leads to', () => {
    write('/srv/lib/.git', 'gitdir: ./fake\n');
    write('/root/secret', 'token');
    folder('/srv/lib/fake');
    symlinkSync(join(files, 'root/secret'), join(files, 'srv/lib/fake/commondir'));
    expect(project('/srv/lib')?.git).toMatchObject({ worktree: null, mainRoot: '/srv/lib' });
  });
});
