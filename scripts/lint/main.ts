import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { docstrings } from './docstrings.ts';
import type { Lint, Offence, SourceText } from './lint.ts';
import { osFacts } from './os-facts.ts';
import { registries } from './registries.ts';
import { sizes } from './sizes.ts';
import { startUp } from './start-up.ts';
import { textsLint } from './texts.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const registry = process.env['npm_config_registry'] ?? null;

const lints: readonly Lint[] = [
  sizes,
  osFacts,
  registries,
  docstrings,
  startUp,
  textsLint(root.replace(/\/$/, ''), registry),
];

/** Runs the rules of the house over all that git knows or would take in. */
const main = (): void => {
  const files = committable();
  const failed = lints.filter((lint) =>
    report(
      lint,
      files.filter(({ path }) => lint.covers(path)),
    ),
  );
  process.exitCode = failed.length > 0 ? 1 : 0;
};

/** Prints a lint's result and tells whether it failed. Without a file to look at it has failed. */
const report = (lint: Lint, files: readonly SourceText[]): boolean => {
  const offences = files.length === 0 ? [nothingSeen] : lint.check(files);
  const note = lint.note === undefined ? '' : `; ${lint.note(files)}`;
  console.log(`${lint.id}: ${files.length} files, ${offences.length} offences${note}`);
  for (const { path, line, message } of offences) {
    console.log(`  ${line === 0 ? path : `${path}:${line}`} ${message}`);
  }
  return offences.length > 0;
};

const nothingSeen: Offence = { path: '.', line: 0, message: 'no file was looked at' };

const committable = (): readonly SourceText[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
    .split('\0')
    .filter((path) => path !== '')
    .flatMap((path) => readText(path));

/** Links, binary files and ones deleted but not yet committed are left out. */
const readText = (path: string): SourceText[] => {
  try {
    if (lstatSync(join(root, path)).isSymbolicLink()) return [];
    const text = readFileSync(join(root, path), 'utf8');
    return text.includes('\0') ? [] : [{ path, text }];
  } catch {
    return [];
  }
};

main();
