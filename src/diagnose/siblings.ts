import { knownOr } from '../model/known.ts';
import type { InetListener } from '../model/listener.ts';
import type { EndpointFacts } from './facts.ts';

/** Other TCP ports that the process behind the endpoint listens on, the lowest first, each once. */
export const siblingListeners = (facts: EndpointFacts): readonly InetListener[] => {
  const [answering] = facts.answering;
  if (answering === undefined) return [];
  const pids = new Set(knownOr(answering.owners, []).map(({ pid }) => pid));
  const byPort = new Map<number, InetListener>();
  for (const listener of facts.listeners) {
    if (listener.transport !== 'tcp' || listener.port === facts.target.port) continue;
    if (!knownOr(listener.owners, []).some(({ pid }) => pids.has(pid))) continue;
    if (!byPort.has(listener.port)) byPort.set(listener.port, listener);
  }
  return [...byPort.values()].toSorted((a, b) => a.port - b.port);
};
