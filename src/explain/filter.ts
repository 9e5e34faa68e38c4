import { invalidInput } from '../model/error.ts';
import { isKnown, knownOr } from '../model/known.ts';
import type { Listener, OwnerReference, UnixListener } from '../model/listener.ts';

/** Tells whether a listener is wanted. */
export type ListenerFilter = (listener: Listener) => boolean;

/** The words that a filter may start with, before a colon. */
export const filterKeys = [
  'user',
  'project',
  'program',
  'pid',
  'port',
  'container',
  'origin',
] as const;

/** The words that stand alone. */
export const filterWords = ['tcp', 'udp', 'unix', 'ipv4', 'ipv6', 'exposed'] as const;

/**
 * Reads plain words (`3000 user:root project:shop exposed udp`) as one filter. Words of one kind
 * are alternatives (`3000 4000`), words of different kinds must all hold (`udp user:root`). A word
 * that is none of these is looked for in names, addresses and paths; an address with a port is that
 * listener.
 * Throws invalid input for an unknown key or a value that can't be right.
 */
export const parseFilter = (words: readonly string[]): ListenerFilter => {
  const kinds = Map.groupBy(words.map(parseWord), (word) => word.kind);
  const groups = [...kinds.values()];
  return (listener) => groups.every((group) => group.some((word) => word.holds(listener)));
};

type Word = { readonly kind: string; readonly holds: ListenerFilter };

const parseWord = (word: string): Word => {
  const text = word.trim();
  if (text === '') throw invalidInput('a filter is empty', 'try a port, udp, exposed or user:NAME');
  if (/^:?\d+$/.test(text)) return portWord(text.replace(':', ''));
  const endpoint = endpointWord(text.toLowerCase());
  if (endpoint !== null) return endpoint;
  const alone = standAlone(text.toLowerCase());
  if (alone !== null) return alone;
  const keyed = /^([a-z]+):(.*)$/i.exec(text);
  return keyed === null
    ? { kind: 'text', holds: (listener) => mentions(listener, text.toLowerCase()) }
    : keyedWord(keyed[1]?.toLowerCase() ?? '', keyed[2] ?? '');
};

/**
 * Whether a filter's words ask for unix sockets, which are left out otherwise: `unix`, a path or the
 * `@name` of an abstract one.
 */
export const namesUnix = (words: readonly string[]): boolean =>
  words.some((word) => /^(?:unix$|[/@])/i.test(word.trim()));

/** `127.0.0.1:3000`, `[::1]:3000`, `*:3000`: as tables print them. */
const endpointWord = (text: string): Word | null => {
  const [, address, port = ''] = /^(\*|[\d.]+|\[[^\]]+\]):(\d+)$/.exec(text) ?? [];
  if (address === undefined) return null;
  const onPort = portWord(port);
  const bare = address.replaceAll(/[[\]]/g, '');
  return {
    kind: 'port',
    holds: (listener) =>
      onPort.holds(listener) &&
      (bare === '*' || (listener.transport !== 'unix' && listener.address === bare)),
  };
};

const standAlone = (word: string): Word | null => {
  if (word === 'tcp' || word === 'udp' || word === 'unix') {
    return { kind: 'transport', holds: (listener) => listener.transport === word };
  }
  if (word === 'ipv4' || word === 'ipv6') {
    return {
      kind: 'family',
      holds: (listener) => listener.transport !== 'unix' && listener.family === word,
    };
  }
  return word === 'exposed' ? { kind: 'exposed', holds: isExposed } : null;
};

const isExposed: ListenerFilter = ({ exposure }) =>
  exposure.level !== 'this-machine' && exposure.level !== 'this-container';

const keyedWord = (key: string, value: string): Word => {
  const known = filterKeys.find((candidate) => candidate === key);
  if (known === undefined) {
    throw invalidInput(
      `no filter is called ${key}:`,
      `use one of ${filterKeys.map((name) => `${name}:`).join(' ')}`,
    );
  }
  if (value === '')
    throw invalidInput(`${key}: needs a value`, `for example ${key}:${examples[known]}`);
  if (known === 'port') return portWord(value);
  if (known === 'pid') return pidWord(value);
  const wanted = value.toLowerCase();
  return { kind: known, holds: (listener) => matches[known](listener, wanted) };
};

const examples: Readonly<Record<(typeof filterKeys)[number], string>> = {
  user: 'root',
  project: 'shop',
  program: 'vite',
  pid: '4242',
  port: '3000',
  container: 'db',
  origin: 'systemd',
};

const portWord = (text: string): Word => {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
    throw invalidInput(`${text} is no port`, 'a port must be 1–65535');
  }
  return {
    kind: 'port',
    holds: (listener) => listener.transport !== 'unix' && listener.port === port,
  };
};

const pidWord = (text: string): Word => {
  const pid = Number(text);
  if (!/^\d{1,10}$/.test(text) || pid < 1) {
    throw invalidInput(`${text} is no pid`, 'a pid is a whole number from 1');
  }
  return {
    kind: 'pid',
    holds: ({ owners }) => isKnown(owners) && owners.some((owner) => owner.pid === pid),
  };
};

const matches: Readonly<
  Record<
    Exclude<(typeof filterKeys)[number], 'port' | 'pid'>,
    (listener: Listener, wanted: string) => boolean
  >
> = {
  user: (listener, wanted) =>
    [listener, ...knownOr(listener.owners, [])].some((one) => isUser(one, wanted)),
  project: (listener, wanted) => projectNames(listener).includes(wanted),
  program: (listener, wanted) => {
    const program = knownOr(listener.program, null);
    return program !== null && (program.id === wanted || program.name.toLowerCase() === wanted);
  },
  container: ({ container }, wanted) =>
    container !== null &&
    (container.id.startsWith(wanted) || knownOr(container.name, '').toLowerCase() === wanted),
  origin: (listener, wanted) => {
    const origin = knownOr(listener.origin, null);
    return origin !== null && (origin.id === wanted || origin.label.toLowerCase().includes(wanted));
  },
};

/** Whether a socket or a process belongs to a user, by name or uid. */
const isUser = ({ uid, user }: Pick<OwnerReference, 'uid' | 'user'>, wanted: string): boolean =>
  user?.toLowerCase() === wanted || String(knownOr(uid ?? '', '')) === wanted;

const projectNames = (listener: Listener): readonly string[] => {
  const project = listener.project === null ? null : knownOr(listener.project, null);
  const compose = listener.container?.compose?.project;
  return [project?.name, project?.worktree, compose]
    .filter((name): name is string => typeof name === 'string')
    .map((name) => name.toLowerCase());
};

const mentions = (listener: Listener, wanted: string): boolean => {
  const owners = knownOr(listener.owners, []);
  const names = [
    knownOr(listener.program, null)?.name,
    ...projectNames(listener),
    ...owners.map((owner) => owner.name),
    listener.container === null ? null : knownOr(listener.container.name, null),
    listener.transport === 'unix' ? nameOf(listener) : listener.address,
  ];
  return names.some((name) => name?.toLowerCase().includes(wanted) === true);
};

const nameOf = ({ path, abstract }: UnixListener): string => path ?? `@${abstract ?? ''}`;
