import { knownOr } from '../model/known.ts';
import { describeListener, ownerOf } from './describe-listener.ts';
import type { MachineFacts } from './facts.ts';

/**
 * Which process a pid is, in a few words that can stand in any sentence, by the program that was
 * recognised where there is one: `Vite (pid 4242, project shop)`, `node (pid 77)`.
 */
export const describeProcess = (pid: number, facts: MachineFacts): string => {
  const listener = facts.listeners.find((one) => ownerOf(one)?.pid === pid);
  if (listener !== undefined) return describeListener(listener);
  const end = facts.connections
    .flatMap(({ client, server }) => [client, server])
    .find((one) => one.pid === pid);
  const comm = facts.snapshot.processes.find((one) => one.pid === pid)?.comm ?? 'a process';
  const name = end === undefined ? comm : knownOr(end.program, comm);
  const project = end?.project ?? null;
  return `${name} (pid ${pid}${project === null ? '' : `, project ${project}`})`;
};
