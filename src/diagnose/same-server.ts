import { isUnknown, knownOr } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';

/**
 * Whether two listeners are one server: they share a process, or are the same program of the same
 * project, container or user. null: it can't be told.
 */
export const isSameServer = (one: Listener, other: Listener): boolean | null => {
  if (isUnknown(one.owners) || isUnknown(other.owners)) return isDifferentUser(one, other);
  const pids = new Set(one.owners.map(({ pid }) => pid));
  if (other.owners.some(({ pid }) => pids.has(pid))) return true;
  return identity(one) === identity(other);
};

const isDifferentUser = (one: Listener, other: Listener): false | null => {
  const [a, b] = [knownOr(one.uid, null), knownOr(other.uid, null)];
  return a !== null && b !== null && a !== b ? false : null;
};

const identity = (listener: Listener): string => {
  const program = knownOr(listener.program, null);
  const project = listener.project === null ? null : knownOr(listener.project, null);
  return [program?.name, project?.root, listener.container?.id, knownOr(listener.uid, null)].join();
};
