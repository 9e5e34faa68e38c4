import { describe, expect, it } from 'vitest';
import { docstrings } from '../../scripts/lint/docstrings.ts';
import type { Lint } from '../../scripts/lint/lint.ts';
import { osFacts } from '../../scripts/lint/os-facts.ts';
import { registries } from '../../scripts/lint/registries.ts';
import { sizes } from '../../scripts/lint/sizes.ts';
import { startUp } from '../../scripts/lint/start-up.ts';
import { textsLint } from '../../scripts/lint/texts.ts';

/** The messages that a lint has for files given as path → text; files it doesn't cover are left out. */
const messages = (lint: Lint, files: Readonly<Record<string, string>>): string[] =>
  lint
    .check(
      Object.entries(files)
        .map(([path, text]) => ({ path, text }))
        .filter(({ path }) => lint.covers(path)),
    )
    .map(({ path, line, message }) => `${path}:${line} ${message}`);

const lines = (count: number): string => 'x();\n'.repeat(count);

describe('sizes', () => {
  it('takes a short file with short functions', () => {
    expect(messages(sizes, { 'src/a.ts': 'const f = () => {\n  x();\n};\n' })).toEqual([]);
  });

  it('reports a file over 300 lines, and generated ones not', () => {
    const files = {
      'src/small.ts': lines(3),
      'src/tiny.ts': lines(3),
      'src/long.ts': lines(301),
      'src/data.generated.ts': lines(301),
    };
    expect(messages(sizes, files)).toEqual(['src/long.ts:0 301 lines, at most 300']);
  });

  it('reports a function over 60 lines where it begins, and a describe not', () => {
    const text = `x();\nx(() => {\n${lines(59)}});\nconst f = () => 1;\nconst g = () => 1;\n`;
    expect(messages(sizes, { 'src/a.ts': text, 'test/a.test.ts': text })).toEqual([
      'src/a.ts:2 function of 61 lines, at most 60',
    ]);
  });

  it('reports medians that grew too large', () => {
    const text = `const f = () => {\n${lines(10)}};\n${lines(100)}`;
    expect(messages(sizes, { 'src/a.ts': text })).toEqual([
      'src:0 median file has 112 lines, aim below 100',
      'src:0 median function has 12 lines, aim below 10',
    ]);
  });
});

describe('os-facts', () => {
  it.each([
    ["import { spawn } from 'node:child_process';"],
    ["const koffi = await import('koffi');"],
    ["read('/proc/net/tcp');"],
    ['read(`/proc/${pid}/stat`);'],
    ["if (process.platform === 'linux') x();"],
  ])('keeps %s below src/host', (text) => {
    expect(messages(osFacts, { 'src/explain/a.ts': text })).toHaveLength(1);
    expect(messages(osFacts, { 'src/host/linux/a.ts': text })).toEqual([]);
  });

  it.each([['process.exit(1);'], ["console.log('x');"], ["process.stdout.write('x');"]])(
    'keeps %s below src/faces/cli',
    (text) => {
      expect(messages(osFacts, { 'src/explain/a.ts': text })).toHaveLength(1);
      expect(messages(osFacts, { 'src/host/linux/a.ts': text })).toHaveLength(1);
      expect(messages(osFacts, { 'src/faces/cli/a.ts': text })).toEqual([]);
    },
  );

  it('takes a path in a command that a person is to paste', () => {
    const text = 'shellCommand(`cat`, `/proc/${pid}/stack`);\n';
    expect(messages(osFacts, { 'src/diagnose/a.ts': text })).toEqual([]);
  });

  it('takes words about the system: comments, evidence, a process that is a value', () => {
    const text = "// from /proc/net\nconst e = 'field 22 of /proc/1/stat';\nprocess.argv;\n";
    expect(messages(osFacts, { 'src/explain/a.ts': text })).toEqual([]);
  });
});

describe('registries', () => {
  const registry = "import { redIs } from './red-is.ts';\nexport const all = [redIs];\n";
  const plugIn = "export const redIs = { id: 'red-is' };\n";

  it('takes a folder where each file is a listed plug-in named after its id', () => {
    const files = { 'src/a/registry.ts': registry, 'src/a/red-is.ts': plugIn };
    expect(messages(registries, files)).toEqual([]);
  });

  it('takes an id given to a maker of plug-ins', () => {
    const files = {
      'src/a/registry.ts': registry,
      'src/a/red-is.ts': "export const redIs = simple('red-is', 'Redis');\n",
    };
    expect(messages(registries, files)).toEqual([]);
  });

  it('reports one that is not listed', () => {
    const files = {
      'src/a/registry.ts': "import { redIs } from './red-is.ts';\nexport const all = [];\n",
      'src/a/red-is.ts': plugIn,
    };
    expect(messages(registries, files)).toEqual([
      'src/a/red-is.ts:0 is not in the list of src/a/registry.ts',
    ]);
  });

  it('reports one whose id is not its file name', () => {
    const files = {
      'src/a/registry.ts': registry,
      'src/a/red-is.ts': "export const redIs = { id: 'redis' };\n",
    };
    expect(messages(registries, files)).toEqual([
      "src/a/red-is.ts:0 its id is not 'red-is', the file's name",
    ]);
  });

  it('reports a second exported const', () => {
    const files = {
      'src/a/registry.ts': registry,
      'src/a/red-is.ts': `${plugIn}export const other = 1;\n`,
    };
    expect(messages(registries, files)).toEqual(['src/a/red-is.ts:0 exports 2 consts, not one']);
  });
});

describe('docstrings', () => {
  it('reports an exported value without one, where it stands', () => {
    const text = '/** Says x. */\nexport const a = 1;\n\nexport const b = 2;\nconst c = 3;\n';
    expect(messages(docstrings, { 'src/a.ts': text })).toEqual([
      'src/a.ts:4 export const b = 2; has no docstring',
    ]);
  });

  it('takes no ordinary comment for one', () => {
    const text = '// Says x.\nexport function a() {}\n';
    expect(messages(docstrings, { 'src/a.ts': text })).toHaveLength(1);
  });
});

describe('start-up', () => {
  const main = 'src/faces/cli/main.ts';

  it('takes own modules, cheap built-ins, types, and what waits behind import()', () => {
    const files = {
      [main]: "import { a } from './a.ts';\nimport { join } from 'node:path';\n",
      'src/faces/cli/a.ts': "import type { b } from 'ws';\nawait import('node:http');\n",
    };
    expect(messages(startUp, files)).toEqual([]);
  });

  it('reports a package loaded at start by way of another module', () => {
    const files = {
      [main]: "export { a } from './a.ts';\n",
      'src/faces/cli/a.ts': "import { get } from 'node:http';\n",
    };
    expect(messages(startUp, files)).toEqual([
      'src/faces/cli/a.ts:0 loads node:http at every start: put it behind import()',
    ]);
  });

  it('reports a dear built-in of what every verb loads, not of what is bundled apart', () => {
    const files = {
      [main]: "await import('./a.ts');\nawait import('../../protocols/b.ts');\n",
      'src/faces/cli/a.ts': "import { get } from 'node:http';\n",
      'src/protocols/b.ts': "import { get } from 'node:http';\n",
    };
    expect(messages(startUp, files)).toEqual([
      'src/faces/cli/a.ts:0 loads node:http whatever the verb: put it behind import()',
    ]);
  });

  it('reports a schema library even behind import()', () => {
    const files = {
      [main]: "await import('./a.ts');\n",
      'src/faces/cli/a.ts': "import { z } from 'zod/mini';\n",
    };
    expect(messages(startUp, files)).toEqual([
      'src/faces/cli/a.ts:0 loads zod/mini, which no command of the CLI may',
    ]);
  });

  it('reports too many modules, and a missing entry', () => {
    const names = Array.from({ length: 60 }, (_, index) => `m${index}.ts`);
    const files = {
      [main]: names.map((name) => `import './${name}';\n`).join(''),
      ...Object.fromEntries(names.map((name) => [`src/faces/cli/${name}`, ''])),
    };
    expect(messages(startUp, files)).toEqual([`${main}:0 loads 61 modules at start, at most 60`]);
    expect(messages(startUp, { 'src/a.ts': '' })).toEqual([`${main}:0 there is no such file`]);
  });
});

describe('texts', () => {
  const texts = textsLint('/srv/ada/homeport', 'http://packages.test:4873/npm/');

  it.each([
    ['a registry', ['https://registry.', 'npmjs.org/zod'].join('')],
    ['a resolved address', ['"resolved": ', '"http://x/zod.tgz"'].join('')],
    ['the registry in use', 'see http://packages.test:4873/npm/zod'],
    ['the checkout', 'cd /srv/ada/homeport'],
    ['a neighbour of the checkout', 'see /srv/ada/notes.md'],
    ['a check switched off', ['// oxlint-', 'disable-next-line'].join('')],
    ['an error switched off', ['// @ts-', 'ignore'].join('')],
    ['marks of a merge', ['<<<<', '<<< HEAD'].join('')],
  ])('reports %s with its line', (_, text) => {
    expect(messages(texts, { 'docs/a.md': `one\n${text}\n` })).toEqual([
      expect.stringMatching(/^docs\/a\.md:2 /),
    ]);
  });

  it('takes paths that any machine may have', () => {
    expect(messages(texts, { 'a.md': '/home/grace/shop and /srv/adam\n' })).toEqual([]);
  });
});
