import { describe, expect, test } from 'vitest';
import { projectOf } from '../../src/explain/project.ts';
import type { ContainerReference } from '../../src/model/listener.ts';
import type { ProjectFacts } from '../../src/model/project-facts.ts';

const facts = (rest: Partial<ProjectFacts> = {}): ProjectFacts => ({
  root: '/home/ann/shop',
  markers: ['package.json', '.git'],
  manifest: { file: 'package.json', name: '@shop/web', scripts: ['dev'], dependencies: [] },
  git: { root: '/home/ann/shop', branch: 'main', worktree: null, mainRoot: '/home/ann/shop' },
  ...rest,
});
const container = (compose: ContainerReference['compose']): ContainerReference => ({
  id: 'a'.repeat(64),
  name: 'shop-api-1',
  image: 'shop/api',
  compose,
});

describe('the project of a process', () => {
  test('has the name of its manifest', () => {
    expect(projectOf(facts(), null, '/home/ann/shop/src')).toEqual({
      name: '@shop/web',
      root: '/home/ann/shop',
      branch: 'main',
      worktree: null,
      evidence: [
        'name in /home/ann/shop/package.json',
        'package.json, .git in /home/ann/shop',
        'git branch main in /home/ann/shop',
      ],
    });
  });

  test('has the name of the git root where the manifest has none', () => {
    const manifest = { file: 'package.json', name: null, scripts: [], dependencies: [] };
    const root = '/home/ann/shop/apps/web';
    expect(projectOf(facts({ manifest, root }), null, root)).toMatchObject({ name: 'shop', root });
    expect(projectOf(facts({ manifest: { ...manifest, name: '' } }), null, root)).toMatchObject({
      name: 'shop',
    });
  });

  test('has the name of the folder where there is no git', () => {
    const found = projectOf(
      facts({ manifest: null, git: null, root: '/srv/api', markers: ['Makefile'] }),
      null,
      '/srv/api',
    );
    expect(found).toMatchObject({ name: 'api', branch: null, evidence: ['Makefile in /srv/api'] });
  });

  test('keeps one name in all worktrees and says which one it is', () => {
    const git = {
      root: '/home/ann/shop-fix',
      branch: 'fix',
      worktree: 'shop-fix',
      mainRoot: '/home/ann/shop',
    };
    const found = projectOf(facts({ manifest: null, git, root: git.root }), null, git.root);
    expect(found).toMatchObject({
      name: 'shop',
      root: '/home/ann/shop-fix',
      branch: 'fix',
      worktree: 'shop-fix',
    });
    expect(found).toHaveProperty('evidence.2', 'linked worktree shop-fix of /home/ann/shop');
  });

  test('has no branch where HEAD is detached', () => {
    const git = {
      root: '/home/ann/shop',
      branch: null,
      worktree: null,
      mainRoot: '/home/ann/shop',
    };
    expect(projectOf(facts({ git }), null, null)).toMatchObject({ branch: null });
  });

  test('is told by Compose for a container', () => {
    const found = projectOf(
      null,
      container({ project: 'shop', service: 'api', workingDirectory: '/home/ann/shop' }),
      '/app',
    );
    expect(found).toMatchObject({ name: 'shop', root: '/home/ann/shop' });
    expect(
      projectOf(
        null,
        container({ project: 'shop', service: 'api', workingDirectory: null }),
        '/app',
      ),
    ).toMatchObject({
      root: '/app',
    });
  });

  test('is none for a container outside of Compose, whatever its file system holds', () => {
    expect(projectOf(facts(), container(null), '/app')).toBeNull();
  });

  test('stays unknown where it could not be read', () => {
    expect(projectOf({ unknown: 'denied' }, null, null)).toEqual({ unknown: 'denied' });
    expect(projectOf(null, null, '/tmp')).toBeNull();
  });

  test.each([
    '/',
    '/var/lib/postgresql/15/main',
    '/var/lib',
    '/usr/share/x',
    '/etc',
    '/run/user/1000',
    '/root',
    '/home/ann',
    '/Users/ann',
  ])('is none for the system folder or home %s', (root) =>
    expect(projectOf(facts({ root }), null, root)).toBeNull(),
  );

  test.each([
    '/var/www/shop',
    '/opt/shop',
    '/home/ann/usr',
    '/usrlocal',
    '/root/shop',
    '/variable/lib',
  ])('is one in %s', (root) => expect(projectOf(facts({ root }), null, root)).not.toBeNull());

  test('is none where no marker was found', () => {
    expect(projectOf(facts({ markers: [], manifest: null, git: null }), null, '/srv')).toBeNull();
  });
});
