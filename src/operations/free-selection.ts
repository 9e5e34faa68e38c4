import { listenerText } from '../ports/freeing/endpoints.ts';
import { select } from '../explain/select.ts';
import { invalidInput } from '../model/error.ts';
import type { Listener } from '../model/listener.ts';
import { parseTarget } from '../model/parse-target.ts';
import type { Target } from '../model/target.ts';
import type { ResolvedTarget } from './resolve-target.ts';

/** What targets mean among listeners. */
export type FreeSelection = {
  /** In this network namespace. */
  readonly here: readonly Listener[];
  /** In others, of a target that means nothing in this one. */
  readonly elsewhere: readonly Listener[];
  /** UDP sockets with the port of a target that names no transport: these may be clients'. */
  readonly datagrams: readonly Listener[];
};

/** Reads targets; throws invalid input for what can't be right, or can't be freed. */
export const readFreeTargets = (texts: readonly string[]): readonly [Target, ...Target[]] => {
  const [first, ...others] = texts.map(readTarget);
  if (first === undefined) {
    throw invalidInput('nothing was named to be freed', 'homeport free 3000');
  }
  return [first, ...others];
};

const readTarget = (text: string): Target => {
  const target = parseTarget(text);
  if (target.kind === 'endpoint' && target.port === 0) {
    throw invalidInput('port 0 is nobody’s', 'a port from 1 to 65535');
  }
  return target;
};

/** Picks what the targets mean. */
export const selectToFree = (
  targets: readonly ResolvedTarget[],
  listeners: readonly Listener[],
): FreeSelection => {
  const parts = targets.map((target) => selectOne(target, listeners));
  return {
    here: distinct(parts.flatMap(({ here }) => here)),
    elsewhere: distinct(parts.flatMap(({ elsewhere }) => elsewhere)),
    datagrams: distinct(parts.flatMap(({ datagrams }) => datagrams)),
  };
};

const selectOne = (
  { target, addresses }: ResolvedTarget,
  listeners: readonly Listener[],
): FreeSelection => {
  const chosen = select(target, addresses, listeners, []).listeners;
  const isUnnamed = target.kind === 'endpoint' && target.transport === null;
  const meant = isUnnamed ? chosen.filter(({ transport }) => transport === 'tcp') : chosen;
  const here = meant.filter(({ namespace }) => namespace === 'this');
  const elsewhere = meant.filter(({ namespace }) => namespace !== 'this');
  const datagrams = chosen.filter(
    (one) => isUnnamed && one.transport === 'udp' && one.namespace === 'this',
  );
  return { here, elsewhere: here.length === 0 ? elsewhere : [], datagrams };
};

const distinct = (listeners: readonly Listener[]): readonly Listener[] => [
  ...new Map(
    listeners.map((listener) => [`${listener.namespace} ${listenerText(listener)}`, listener]),
  ).values(),
];
