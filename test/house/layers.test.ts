import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modulesSeen } from '../../scripts/check/layers.mjs';
import { nodeRuntime, root } from '../../scripts/setup/paths.mjs';
import { runQuietly } from '../../scripts/setup/run.mjs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-layers-'));
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
    copyFileSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const cruise = async (files: Readonly<Record<string, string>>) => {
  for (const [path, text] of Object.entries({ ...sound, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const script = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = ['--config', '.dependency-cruiser.cjs', 'src'];
  return runQuietly(nodeRuntime(), [script, ...config], { cwd: folder });
};

/** Each layer takes from below what it may. */
const sound = {
  'src/model/port.ts': 'export const port = 1;\nexport type Port = number;\n',
  'src/host/host.ts': "import type { Port } from '../model/port.ts';\nexport type Host = Port;\n",
  'src/host/open.ts': "import { port } from '../model/port.ts';\nexport const open = port;\n",
  'src/explain/explain.ts':
    "import type { Host } from '../host/host.ts';\nimport { all } from './programs/registry.ts';\nexport const explain = (host: Host) => [host, all];\n",
  'src/explain/programs/registry.ts':
    "import { vite } from './vite.ts';\nexport const all = [vite];\n",
  'src/explain/programs/vite.ts': "export const vite = { id: 'vite' };\n",
  'src/audit/rule.ts': 'export const rule = 1;\nexport type Rule = 1;\n',
  'src/operations/list.ts':
    "import { open } from '../host/open.ts';\nimport { explain } from '../explain/explain.ts';\nexport const list = [open, explain];\n",
  'src/faces/cli/main.ts':
    "import { list } from '../../operations/list.ts';\nexport const main = list;\n",
};

/** One file for each rule that breaks it. */
const broken: Readonly<Record<string, readonly [path: string, text: string]>> = {
  'model-is-the-ground': ['src/model/a.ts', "import '../host/open.ts';"],
  'host-knows-the-model-alone': ['src/host/a.ts', "import '../audit/rule.ts';"],
  'features-stand-on-model-and-host-interface': [
    'src/audit/a.ts',
    "import { open } from '../host/open.ts';\nexport const a = open;",
  ],
  'host-interface-is-a-type': ['src/audit/b.ts', "import '../host/host.ts';"],
  'features-never-import-one-another': [
    'src/explain/c.ts',
    "import type { Rule } from '../audit/rule.ts';\nexport type A = Rule;",
  ],
  'operations-know-no-face': ['src/operations/a.ts', "import '../faces/cli/main.ts';"],
  'nothing-imports-a-face': ['src/index.ts', "import './faces/cli/main.ts';"],
  'plug-ins-never-import-plug-ins': [
    'src/explain/programs/astro.ts',
    "import { vite } from './vite.ts';\nexport const astro = vite;",
  ],
  'plug-ins-only-through-their-registry': [
    'src/explain/d.ts',
    "import { vite } from './programs/vite.ts';\nexport const a = vite;",
  ],
  'no-cycle': ['src/model/e.ts', "import './f.ts';"],
  resolvable: ['src/model/g.ts', "import './nowhere.ts';"],
};

describe('layers', () => {
  it('takes a house in order', async () => {
    const { code, output } = await cruise({});
    expect(output).toContain('no dependency violations');
    expect(modulesSeen(output)).toBe(Object.keys(sound).length);
    expect(code).toBe(0);
  });

  it('reports each rule that is broken, where it is', async () => {
    const files = {
      ...Object.fromEntries(Object.values(broken)),
      'src/model/f.ts': "import './e.ts';",
    };
    const { code, output } = await cruise(files);
    for (const [rule, [path]] of Object.entries(broken)) {
      expect(output).toContain(`error ${rule}: ${path}`);
    }
    expect(code).not.toBe(0);
  });

  it('counts no module where dependency-cruiser saw none', () => {
    expect(modulesSeen('no dependency violations found (0 modules, 0 dependencies)')).toBe(0);
    expect(modulesSeen('')).toBe(0);
  });
});
