import type { Action } from '../../../model/finding.ts';
import { knownOr } from '../../../model/known.ts';
import type { Listener, UnixListener } from '../../../model/listener.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { answersOf } from '../../answering.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { describeListener, listenerEvidence } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { refusals } from '../../failure-groups.ts';

/** The program that usually has the port runs, and listens on a unix socket only. */
export const unixOnly: Check<EndpointFacts> = {
  id: 'unix-only',
  title: 'the program that usually has the port listens on TCP',
  stage: 'listener',
  explains: refusals,
  judge: (facts) => {
    const answers = answersOf(facts);
    const kind = kinds.find(({ has }) => has(facts.target.port));
    if (answers.length === 0 || kind === undefined) return notApplicable;
    if (answers.some(({ listener }) => listener !== null)) return pass('it listens on TCP');
    const listener = facts.listeners.find(
      (one): one is UnixListener => isUnix(one) && isOfKind(one, kind, facts),
    );
    return listener === undefined ? notApplicable : found(listener, kind, facts);
  },
};

type Kind = {
  readonly name: string;
  readonly has: (port: number) => boolean;
  /** Ids of the programs. */
  readonly programs: readonly string[];
  /** Whether a path is the socket that goes with that port. */
  readonly path: (path: string, port: number) => boolean;
  readonly connect: (path: string) => string;
  readonly setting: (port: number) => string;
};

const only =
  (...ports: readonly number[]) =>
  (port: number): boolean =>
    ports.includes(port);

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

const kinds: readonly Kind[] = [
  {
    name: 'PostgreSQL',
    has: (port) => port >= 5432 && port <= 5439,
    programs: ['postgres'],
    path: (path, port) => path.endsWith(`/.s.PGSQL.${port}`),
    connect: (path) =>
      shellCommand('psql', '-h', folderOf(path), '-p', path.slice(path.lastIndexOf('.') + 1)),
    setting: () => "listen_addresses = 'localhost' in postgresql.conf, then start it again",
  },
  {
    name: 'MySQL or MariaDB',
    has: only(3306),
    programs: ['mysql', 'mariadb'],
    path: (path) => /\/mysqld?\.sock$/.test(path),
    connect: (path) => shellCommand('mysql', '-S', path),
    setting: () =>
      'bind-address = 127.0.0.1 and no skip-networking in the [mysqld] section of my.cnf',
  },
  {
    name: 'Docker',
    has: only(2375, 2376),
    programs: ['dockerd', 'docker'],
    path: (path) => path.endsWith('/docker.sock'),
    connect: (path) => shellCommand('docker', '-H', `unix://${path}`, 'version'),
    setting: () =>
      'unset DOCKER_HOST: the engine is meant to be asked at its socket, and its TCP port gives root to whoever reaches it',
  },
  {
    name: 'Redis',
    has: only(6379),
    programs: ['redis', 'valkey'],
    path: (path) => /\/(?:redis|valkey)[\w.-]*\.sock(?:et)?$/.test(path),
    connect: (path) => shellCommand('redis-cli', '-s', path),
    setting: (port) => `port ${port} in redis.conf (0 switches TCP off)`,
  },
  {
    name: 'PHP-FPM',
    has: only(9000),
    programs: ['php-fpm'],
    path: (path) => /\/php[\w.-]*-?fpm[\w.-]*\.sock$/.test(path),
    connect: (path) => shellCommand('homeport', 'explain', `unix:${path}`),
    setting: (port) => `listen = 127.0.0.1:${port} in the pool's configuration`,
  },
];

const isUnix = (listener: Listener): listener is UnixListener =>
  listener.transport === 'unix' && listener.namespace === 'this' && listener.path !== null;

/** By the socket's path, which tells the port in PostgreSQL's case, and the program where it is seen. */
const isOfKind = (listener: UnixListener, kind: Kind, { target }: EndpointFacts): boolean => {
  const id = knownOr(listener.program, null)?.id ?? null;
  const fits = kind.path(listener.path ?? '', target.port);
  return fits && (id === null || kind.programs.includes(id));
};

const found = (listener: UnixListener, kind: Kind, { target }: EndpointFacts) => {
  const path = listener.path ?? '';
  const actions: readonly Action[] = [
    { label: 'connect by the socket', command: kind.connect(path) },
    { label: `for TCP: ${kind.setting(target.port)}`, command: null },
  ];
  return failed({
    id: 'unix-only',
    severity: 'warning',
    title: `${kind.name} runs and listens on the unix socket ${path} only, not on port ${target.port}`,
    evidence: [
      ...listenerEvidence(listener),
      `${describeListener(listener)} has no TCP listener on port ${target.port}`,
    ],
    actions,
  });
};
