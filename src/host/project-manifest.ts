import { join } from 'node:path';
import { lastPort } from '../model/port.ts';
import type { Manifest } from '../model/project-facts.ts';
import { smallText } from './project-files.ts';

type Reading = Omit<Manifest, 'file'>;

const nothing: Reading = { name: null, scripts: [], dependencies: [] };

/**
 * Reads the first manifest among a folder's markers, best effort: what a file does not say plainly
 * is left out. null where no marker is a manifest that could be read. Never throws.
 */
export const readManifest = (
  files: string,
  root: string,
  markers: readonly string[],
): Manifest | null => {
  for (const file of markers) {
    const parse = parserOf(file);
    const text = parse === undefined ? null : smallText(join(files + root, file));
    if (parse !== undefined && text !== null) return { file, ...parse(text) };
  }
  return null;
};

const parserOf = (file: string): ((text: string) => Reading) | undefined =>
  /\.(?:cs|fs|vb)proj$/.test(file) ? () => dotnet(file) : parsers.get(file);

const npm = (text: string): Reading => {
  const manifest = parseJson(text);
  return {
    name: textOf(manifest['name']),
    scripts: keysOf(manifest['scripts']),
    ...portsOf(manifest['scripts']),
    dependencies: [
      ...new Set(
        ['dependencies', 'devDependencies', 'peerDependencies'].flatMap((kind) =>
          keysOf(manifest[kind]),
        ),
      ),
    ],
  };
};

/** `vite --port 4000`, `next dev -p 3001`, `PORT=8080 node .`, `serve http://localhost:5000`. */
const portWords = /(?:--(?:[\w-]{1,20}-)?port[= ]|(?<![\w-])-[pl][= ]?|PORT=|\w:)(\d{2,5})\b/g;

/** The ports that the lines of scripts name. */
const portsOf = (scripts: unknown): { readonly ports?: readonly number[] } => {
  const lines = isRecord(scripts) ? Object.values(scripts).map(textOf) : [];
  const named = lines.flatMap((line) => all(line ?? '', portWords)).map(Number);
  const ports = [...new Set(named)].filter((port) => port > 0 && port <= lastPort);
  return ports.length === 0 ? {} : { ports };
};

const deno = (text: string): Reading => {
  const manifest = parseJson(text);
  return {
    name: textOf(manifest['name']),
    scripts: keysOf(manifest['tasks']),
    ...portsOf(manifest['tasks']),
    dependencies: keysOf(manifest['imports']),
  };
};

const composer = (text: string): Reading => {
  const manifest = parseJson(text);
  return {
    name: textOf(manifest['name']),
    scripts: keysOf(manifest['scripts']),
    ...portsOf(manifest['scripts']),
    dependencies: [...keysOf(manifest['require']), ...keysOf(manifest['require-dev'])],
  };
};

const pyproject = (text: string): Reading => {
  const project = tomlTable(text, 'project');
  const poetry = tomlTable(text, 'tool.poetry');
  const [, listed = ''] = /^dependencies\s*=\s*\[([^]*)/m.exec(project) ?? [];
  return {
    name: tomlText(project, 'name') ?? tomlText(poetry, 'name'),
    scripts: tomlKeys(tomlTable(text, 'project.scripts')),
    dependencies: [
      ...all(upTo(listed, /\][ \t]*(?:#.*)?$/m), /["']([A-Za-z0-9][\w.-]*)/g),
      ...tomlKeys(tomlTable(text, 'tool.poetry.dependencies')).filter((name) => name !== 'python'),
    ],
  };
};

const requirements = (text: string): Reading => ({
  ...nothing,
  dependencies: all(text, /^([A-Za-z0-9][\w.-]*)/gm),
});

const pipfile = (text: string): Reading => ({
  name: null,
  scripts: tomlKeys(tomlTable(text, 'scripts')),
  dependencies: tomlKeys(tomlTable(text, 'packages')),
});

const goModule = (text: string): Reading => ({
  name: /^module\s+"?([^\s"]+)/m.exec(text)?.[1] ?? null,
  scripts: [],
  dependencies: all(text, /^[ \t]*(?:require[ \t]+)?((?=[\w-]*\.)[\w.-]+\/\S+)[ \t]+v\d/gm),
});

const cargo = (text: string): Reading => ({
  name: tomlText(tomlTable(text, 'package'), 'name'),
  scripts: [],
  dependencies: tomlKeys(tomlTable(text, 'dependencies')),
});

const gemfile = (text: string): Reading => ({
  ...nothing,
  dependencies: all(text, /^[ \t]*gem[ \t]+["']([^"']+)/gm),
});

const mix = (text: string): Reading => ({
  name: /\bapp:\s*:(\w+)/.exec(text)?.[1] ?? null,
  scripts: [],
  dependencies: all(text, /\{:(\w+),\s*(?:"|git:|github:|path:)/g),
});

const pubspec = (text: string): Reading => ({
  ...nothing,
  name: /^name:\s*["']?([\w-]+)/m.exec(text)?.[1] ?? null,
});

const maven = (text: string): Reading => {
  const [start, end] = [text.indexOf('<parent>'), text.indexOf('</parent>')];
  const own = start === -1 || end < start ? text : text.slice(0, start) + text.slice(end);
  return {
    name: /<artifactId>\s*([^<\s]+)\s*<\/artifactId>/.exec(own)?.[1] ?? null,
    scripts: [],
    dependencies: all(
      own.slice(Math.max(0, own.indexOf('<dependencies>'))),
      /<artifactId>\s*([^<\s]+)\s*<\/artifactId>/g,
    ),
  };
};

const gradle = (text: string): Reading => ({
  ...nothing,
  dependencies: all(text, /["']([\w.-]+:[\w.-]+)(?::[^"']*)?["']/g),
});

const dotnet = (file: string): Reading => ({
  ...nothing,
  name: file.replace(/\.\w+$/, ''),
});

const parsers: ReadonlyMap<string, (text: string) => Reading> = new Map([
  ['package.json', npm],
  ['deno.json', deno],
  ['deno.jsonc', deno],
  ['pyproject.toml', pyproject],
  ['Pipfile', pipfile],
  ['requirements.txt', requirements],
  ['go.mod', goModule],
  ['Cargo.toml', cargo],
  ['pom.xml', maven],
  ['build.gradle', gradle],
  ['build.gradle.kts', gradle],
  ['composer.json', composer],
  ['Gemfile', gemfile],
  ['mix.exs', mix],
  ['pubspec.yaml', pubspec],
]);

/** The text before the first match. */
const upTo = (text: string, end: RegExp): string => {
  const at = text.search(end);
  return at === -1 ? '' : text.slice(0, at);
};

const parseJson = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

const keysOf = (value: unknown): readonly string[] => (isRecord(value) ? Object.keys(value) : []);

const all = (text: string, pattern: RegExp): readonly string[] =>
  Array.from(text.matchAll(pattern), (match) => match[1] ?? '');

/** The lines of one TOML table, up to the next header; empty where there is none. */
const tomlTable = (text: string, name: string): string => {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.trim() === `[${name}]`);
  if (start === -1) return '';
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\s*\[{1,2}[\w."-]+\]{1,2}\s*(?:#.*)?$/.test(line));
  return rest.slice(0, end === -1 ? rest.length : end).join('\n');
};

const tomlText = (table: string, key: string): string | null =>
  new RegExp(`^${key}\\s*=\\s*["']([^"']+)["']`, 'm').exec(table)?.[1] ?? null;

const tomlKeys = (table: string): readonly string[] => all(table, /^["']?([\w.-]+)["']?\s*=/gm);
