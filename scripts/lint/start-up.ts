import { posix } from 'node:path';
import type ts from 'typescript';
import { type Lint, type Offence, type SourceText } from './lint.ts';
import { dynamicImports, parse, staticImports } from './syntax.ts';

const entry = 'src/faces/cli/main.ts';
const maximumModules = 60;

/** Built-in modules that are cheap, or loaded by Node itself before any script. */
const cheapBuiltIns: ReadonlySet<string> = new Set([
  'node:fs',
  'node:module',
  'node:os',
  'node:path',
  'node:process',
  'node:url',
  'node:util',
]);

/** Packages that no command may load, not even behind `import()`: each costs more than the answer. */
const neverLoaded = /^(zod|hono|commander|typescript)(\/|$)/;

/** What the bundler leaves out of the one file that every verb loads (`tsdown.config.ts`). */
const apart =
  /^src\/(?:protocols|audit|diagnose|host\/(?:containers|dial|linux\/firewall|loopback-trip|resolve)|faces\/cli\/(?:completion|why))/;

/** What the CLI loads before it knows the verb: a few small modules of its own and nothing else. */
export const startUp: Lint = {
  id: 'start-up',
  covers: (path) => path.startsWith('src/') && path.endsWith('.ts'),
  check: (files) => {
    const { modules, imports } = reach(files, staticImports);
    const offences = [
      ...imports.filter(({ specifier }) => !cheapBuiltIns.has(specifier)).map(atEveryStart),
      ...reach(files, allImports).imports.filter(isNeverLoaded).map(tooDear),
      ...ofTheCore(files, modules).filter(isDearBuiltIn).map(withTheCore),
    ];
    if (!modules.has(entry)) return [{ path: entry, line: 0, message: 'there is no such file' }];
    if (modules.size <= maximumModules) return offences;
    const message = `loads ${modules.size} modules at start, at most ${maximumModules}`;
    return [...offences, { path: entry, line: 0, message }];
  },
  note: (files) => `${reach(files, staticImports).modules.size} modules are loaded at start`,
};

type Import = { readonly path: string; readonly specifier: string };

/** The modules of ours that the CLI comes to, and what these import that is not ours. */
const reach = (
  files: readonly SourceText[],
  importsOf: (file: ts.SourceFile) => readonly string[],
) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const modules = new Set<string>();
  const imports: Import[] = [];
  const visit = (path: string): void => {
    const source = byPath.get(path);
    if (source === undefined || modules.has(path)) return;
    modules.add(path);
    for (const specifier of importsOf(parse(source))) {
      if (specifier.startsWith('.')) visit(posix.join(posix.dirname(path), specifier));
      else imports.push({ path, specifier });
    }
  };
  visit(entry);
  return { modules, imports };
};

const allImports = (file: ts.SourceFile): readonly string[] => [
  ...staticImports(file),
  ...dynamicImports(file),
];

/** What the modules of that one file import as it loads; `atStart` are looked at already. */
const ofTheCore = (
  files: readonly SourceText[],
  atStart: ReadonlySet<string>,
): readonly Import[] => {
  const { modules } = reach(files, allImports);
  return files
    .filter(({ path }) => modules.has(path) && !atStart.has(path) && !apart.test(path))
    .flatMap((file) =>
      staticImports(parse(file)).map((specifier) => ({ path: file.path, specifier })),
    );
};

const isDearBuiltIn = ({ specifier }: Import): boolean =>
  specifier.startsWith('node:') && !cheapBuiltIns.has(specifier);

const withTheCore = ({ path, specifier }: Import): Offence => ({
  path,
  line: 0,
  message: `loads ${specifier} whatever the verb: put it behind import()`,
});

const isNeverLoaded = ({ specifier }: Import): boolean => neverLoaded.test(specifier);

const atEveryStart = ({ path, specifier }: Import): Offence => ({
  path,
  line: 0,
  message: `loads ${specifier} at every start: put it behind import()`,
});

const tooDear = ({ path, specifier }: Import): Offence => ({
  path,
  line: 0,
  message: `loads ${specifier}, which no command of the CLI may`,
});
