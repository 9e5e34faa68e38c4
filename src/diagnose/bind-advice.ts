import type { Action } from '../model/finding.ts';
import { knownOr } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';
import { shellCommand } from '../model/shell-quote.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { endpointText } from '../model/target-endpoint.ts';
import { ownerOf } from './describe-listener.ts';

/**
 * What to tell a program so that it listens on another address, in the words of its own settings; in
 * general words where they are not known.
 */
export const bindAdvice = (
  listener: Listener,
  address: string,
  port: number,
  { processes }: Pick<Snapshot, 'processes'> = { processes: [] },
): Action => {
  const owner = ownerOf(listener);
  const argv = knownOr(processes.find(({ pid }) => pid === owner?.pid)?.argv ?? [], []);
  const program = knownOr(listener.program, null);
  const advice = program?.id === undefined || program.id === null ? undefined : table[program.id];
  const name = program?.name ?? 'the server';
  const label =
    advice === undefined
      ? `tell ${name} to listen on ${address} (often an option --host or --bind)`
      : `make ${name} listen on ${address}: ${advice({ address, port: String(port), endpoint: endpointText(address, port), argv })}`;
  return { label, command: null };
};

type Where = {
  readonly address: string;
  readonly port: string;
  readonly endpoint: string;
  /** How it was started; empty where that is not known. */
  readonly argv: readonly string[];
};
type Advice = (where: Where) => string;

const option =
  (command: string, name: string): Advice =>
  ({ address }) =>
    `${command} ${name} ${address}, beside its other arguments`;

const vite: Advice = ({ address }) =>
  `server.host: '${address}' in vite.config, or vite --host ${address}`;

/** http.server takes its port as an operand, 8000 where there is none. */
const python: Advice = ({ address, port, argv }) => {
  const at = argv.findIndex((word) => servers.test(word));
  const kept = at === -1 ? [] : withoutBind(argv.slice(at + 1));
  const program = at === -1 || argv[at]?.endsWith('SimpleHTTPServer') ? 'python3' : argv[0];
  const ported = kept.includes(port) ? kept : [port, ...kept];
  return shellCommand(program ?? 'python3', '-m', 'http.server', ...ported, '--bind', address);
};

const servers = /^(?:-m)?(?:http\.server|SimpleHTTPServer)$/;

const withoutBind = (words: readonly string[]): readonly string[] =>
  words.filter(
    (word, at) =>
      !/^(?:-b|--bind)(?:=|$)/.test(word) && !/^(?:-b|--bind)$/.test(words[at - 1] ?? ''),
  );

/** By a program's id. */
const table: Readonly<Record<string, Advice | undefined>> = {
  angular: option('ng serve', '--host'),
  apache: ({ endpoint }) => `Listen ${endpoint} in ports.conf`,
  astro: option('astro dev', '--host'),
  caddy: ({ address }) => `bind ${address} in the site's block of the Caddyfile`,
  'create-react-app': ({ address }) => `HOST=${address} npm start`,
  django: ({ endpoint }) =>
    `python3 manage.py runserver ${endpoint.startsWith('[') ? '-6 ' : ''}${endpoint}`,
  elasticsearch: ({ address }) => `network.host: ${address} in elasticsearch.yml`,
  fastapi: option('fastapi dev', '--host'),
  flask: option('flask run', '--host'),
  gunicorn: ({ endpoint }) => `gunicorn --bind ${endpoint}`,
  hugo: option('hugo server', '--bind'),
  jekyll: option('jekyll serve', '--host'),
  jupyter: option('jupyter lab', '--ip'),
  laravel: ({ address }) => `php artisan serve --host=${address}`,
  mariadb: ({ address }) => `bind-address = ${address} in the [mysqld] section of my.cnf`,
  mongodb: ({ address }) => `net.bindIp: localhost,${address} in mongod.conf`,
  mysql: ({ address }) => `bind-address = ${address} in the [mysqld] section of my.cnf`,
  next: option('next dev', '-H'),
  nginx: ({ endpoint }) => `listen ${endpoint}; in the server block`,
  nuxt: option('nuxt dev', '--host'),
  ollama: ({ endpoint }) => `OLLAMA_HOST=${endpoint} in its environment`,
  phoenix: () => 'http: [ip: …] of the endpoint in config/dev.exs',
  'php-server': ({ endpoint }) => `php -S ${endpoint}`,
  postgres: ({ address }) => `listen_addresses = 'localhost,${address}' in postgresql.conf`,
  puma: ({ endpoint }) => `puma -b tcp://${endpoint}`,
  'python-http-server': python,
  rails: option('bin/rails server', '-b'),
  redis: ({ address }) => `bind 127.0.0.1 ${address} in redis.conf`,
  'spring-boot': ({ address }) => `server.address=${address} in application.properties`,
  sveltekit: vite,
  uvicorn: option('uvicorn', '--host'),
  valkey: ({ address }) => `bind 127.0.0.1 ${address} in valkey.conf`,
  vite,
  vitepress: option('vitepress dev', '--host'),
  'vue-cli': option('vue-cli-service serve', '--host'),
  'webpack-dev-server': ({ address }) => `devServer.host: '${address}' in webpack.config`,
};
