import type { Action } from '../model/finding.ts';
import type { ProjectFacts } from '../model/project-facts.ts';
import { shellCommand } from '../model/shell-quote.ts';

/** What a project is called: by its manifest, else by its folder. */
export const nameOfProject = ({ manifest, root }: ProjectFacts): string =>
  manifest?.name || root.replace(/\/+$/, '').split('/').at(-1) || root;

/**
 * How to start a project's own server, as far as its files tell: the script of its manifest, else
 * its framework's command on `port`, else its Compose file. `from`: the folder that the commands are
 * pasted in; null: not known.
 */
export const projectStart = (
  project: ProjectFacts,
  port: number,
  from: string | null,
): readonly Action[] => {
  const name = nameOfProject(project);
  const into = from === project.root ? '' : `${shellCommand('cd', project.root)} && `;
  return starts.flatMap(({ applies, words }) => {
    const command = applies(project) ? words(project, String(port)) : null;
    return command === null
      ? []
      : [
          {
            label: `start ${name}`,
            command: `${into}${shellCommand(...command)}`,
            changes: 'it runs until you stop it',
          },
        ];
  });
};

/** The dependency by which a project usually has a server on that port; null: none tells it. */
export const serverOnPort = ({ manifest }: ProjectFacts, port: number): string | null =>
  manifest?.dependencies.find((name) => defaultPorts[name.toLowerCase()] === port) ?? null;

/** Whether a project's files tell of a port: a script, a dependency that usually takes it, its framework. */
export const isTied = (project: ProjectFacts, port: number): boolean =>
  serverOnPort(project, port) !== null ||
  (project.manifest?.ports ?? []).includes(port) ||
  ((has('manage.py')(project) || has('artisan')(project)) && port === 8000);

type Start = {
  readonly applies: (project: ProjectFacts) => boolean;
  /** null: what the files say is not enough. */
  readonly words: (project: ProjectFacts, port: string) => readonly string[] | null;
};

const has =
  (...names: readonly string[]) =>
  ({ markers }: ProjectFacts): boolean =>
    names.some((name) => markers.includes(name));

const uses =
  (file: string, ...dependencies: readonly string[]) =>
  ({ markers, manifest }: ProjectFacts): boolean =>
    markers.includes(file) &&
    (manifest?.dependencies ?? []).some((name) => dependencies.includes(name.toLowerCase()));

const always =
  (...words: readonly string[]) =>
  (): readonly string[] =>
    words;

/** The script that starts a server for work, by habit. */
const scriptOf = ({ manifest }: ProjectFacts): string | null =>
  ['dev', 'start', 'serve', 'develop', 'start:dev'].find((name) =>
    manifest?.scripts.includes(name),
  ) ?? null;

const npmScript = (project: ProjectFacts): readonly string[] | null => {
  const script = scriptOf(project);
  if (script === null) return null;
  return script === 'start' ? ['npm', 'start'] : ['npm', 'run', script];
};

const denoTask = (project: ProjectFacts): readonly string[] | null => {
  const script = scriptOf(project);
  return script === null ? null : ['deno', 'task', script];
};

const starts: readonly Start[] = [
  { applies: has('package.json'), words: npmScript },
  { applies: has('deno.json', 'deno.jsonc'), words: denoTask },
  {
    applies: has('manage.py'),
    words: (_, port) => ['python3', 'manage.py', 'runserver', `127.0.0.1:${port}`],
  },
  { applies: has('artisan'), words: (_, port) => ['php', 'artisan', 'serve', `--port=${port}`] },
  { applies: uses('Gemfile', 'rails'), words: (_, port) => ['bin/rails', 'server', '-p', port] },
  { applies: uses('mix.exs', 'phoenix'), words: always('mix', 'phx.server') },
  { applies: has('go.mod'), words: always('go', 'run', '.') },
  { applies: has('Cargo.toml'), words: always('cargo', 'run') },
  {
    applies: has('compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'),
    words: always('docker', 'compose', 'up', '-d'),
  },
];

/** A package → the port that its server takes unless it is told otherwise. */
const defaultPorts: Readonly<Record<string, number>> = {
  '@angular/cli': 4200,
  '@docusaurus/core': 3000,
  '@react-router/dev': 5173,
  '@remix-run/dev': 5173,
  '@sveltejs/kit': 5173,
  '@vue/cli-service': 8080,
  astro: 4321,
  django: 8000,
  expo: 8081,
  fastapi: 8000,
  flask: 5000,
  gatsby: 8000,
  jekyll: 4000,
  jupyterlab: 8888,
  mkdocs: 8000,
  next: 3000,
  notebook: 8888,
  nuxt: 3000,
  parcel: 1234,
  phoenix: 4000,
  rails: 3000,
  'react-native': 8081,
  'react-scripts': 3000,
  sinatra: 4567,
  storybook: 6006,
  streamlit: 8501,
  uvicorn: 8000,
  vite: 5173,
  vitepress: 5173,
  'webpack-dev-server': 8080,
  wrangler: 8787,
};
