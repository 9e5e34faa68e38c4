import { type Dir, existsSync, opendirSync } from 'node:fs';

/** Files that describe a project: their folder is one wherever it is. */
export const strongMarkers: ReadonlySet<string> = new Set([
  'package.json',
  'deno.json',
  'deno.jsonc',
  'pyproject.toml',
  'setup.py',
  'Pipfile',
  'manage.py',
  'go.mod',
  'Cargo.toml',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'composer.json',
  'artisan',
  'Gemfile',
  'mix.exs',
  'pubspec.yaml',
]);

const weakMarkers: readonly string[] = [
  '.git',
  'requirements.txt',
  'Makefile',
  'Procfile',
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
  'Dockerfile',
  'global.json',
];

const exactMarkers: readonly string[] = [...strongMarkers, ...weakMarkers];

/** What stands beside a .NET project file, whose own name can't be known. */
const dotnetCompanions: readonly string[] = ['obj', 'Program.cs', 'appsettings.json', 'Properties'];
const dotnetProject = /\.(?:csproj|fsproj|vbproj|sln|slnx)$/;
const mostEntries = 500;

/**
 * Names of the marker files in a folder, manifests first. Asks for each name instead of listing
 * the folder, which may be huge. Never throws.
 */
export const markersIn = (folder: string): readonly string[] => {
  const found = exactMarkers.filter((name) => existsSync(`${folder}/${name}`));
  return dotnetCompanions.some((name) => existsSync(`${folder}/${name}`))
    ? [...found, ...dotnetProjects(folder)]
    : found;
};

const dotnetProjects = (folder: string): readonly string[] => {
  try {
    const directory = opendirSync(folder);
    const names = firstNames(directory);
    directory.closeSync();
    return names.filter((name) => dotnetProject.test(name)).toSorted();
  } catch {
    return [];
  }
};

const firstNames = (directory: Dir): readonly string[] => {
  const names: string[] = [];
  while (names.length < mostEntries) {
    const entry = directory.readSync();
    if (entry === null) break;
    names.push(entry.name);
  }
  return names;
};
