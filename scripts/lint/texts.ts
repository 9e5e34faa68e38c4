import { dirname } from 'node:path';
import type { Lint, Offence, SourceText } from './lint.ts';

type Pattern = { readonly pattern: RegExp; readonly message: string };

/** What no committed file may hold. `checkout` is the folder of this checkout, `registry` npm's. */
export const textsLint = (checkout: string, registry: string | null): Lint => ({
  id: 'texts',
  covers: () => true,
  check: (files) => {
    const patterns = [...always, ...ofThisMachine(checkout, registry)];
    return files.flatMap((file) => offencesIn(file, patterns));
  },
});

const always: readonly Pattern[] = [
  {
    pattern: /registry\.(npmjs|yarnpkg|npmmirror)\.|"resolved":\s"http/,
    message: 'names a package registry: a lockfile of one place must do in any other',
  },
  {
    pattern: /(ox|es)lint-disable|@ts-(ignore|nocheck|expect-error)\b/,
    message: 'switches a check off: put the code right, or the rule',
  },
  { pattern: /^(<{7}|>{7}) /m, message: 'holds the marks of a merge' },
];

const ofThisMachine = (checkout: string, registry: string | null): Pattern[] => {
  const message = 'names a folder of one machine';
  const host = registry === null ? null : new URL(registry).host;
  // A checkout right below / or /tmp has neighbours that any machine has.
  const folder = isOwnFolder(dirname(checkout)) ? `${dirname(checkout)}/` : checkout;
  return [
    { pattern: literal(folder), message },
    ...(host === null ? [] : [{ pattern: literal(host), message: 'names a package registry' }]),
  ];
};

const isOwnFolder = (folder: string): boolean => !['/', '/tmp', '/home', '/root'].includes(folder);

const literal = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));

const offencesIn = ({ path, text }: SourceText, patterns: readonly Pattern[]): Offence[] =>
  patterns.flatMap(({ pattern, message }) => {
    const match = pattern.exec(text);
    if (match === null) return [];
    return [{ path, line: text.slice(0, match.index).split('\n').length, message }];
  });
