import { type Known, unknown } from '../../model/known.ts';
import type { ContainerFacts, ContainerStop } from '../host-control.ts';
import { parseContainerFacts } from './engine-json.ts';
import { askEngine, type EngineReply, tellEngine } from './engine-request.ts';

const limitMs = 2_000;
const none = 'no container engine answers here';

/** Asks the engines in turn for a container by its id, each for two seconds at most. Never rejects. */
export const inspectContainer = async (
  sockets: readonly string[],
  id: string,
  signal: AbortSignal,
): Promise<Known<ContainerFacts>> => {
  let why = none;
  for (const socket of sockets) {
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
      const { body } = await askEngine(socket, `/containers/${encodeURIComponent(id)}/json`, limit);
      return parseContainerFacts(body);
    } catch (error) {
      why = messageOf(error);
    }
  }
  return unknown('unsupported', why);
};

/**
 * Has the engine that knows a container stop it: its own stop signal first, SIGKILL `graceMs` later
 * (Docker Engine API, `POST /containers/{id}/stop`). Never rejects.
 */
export const stopContainer = async (
  sockets: readonly string[],
  id: string,
  graceMs: number,
  signal: AbortSignal,
): Promise<ContainerStop> => {
  let last: ContainerStop = { result: 'failed', why: none };
  const grace = Math.max(1, Math.ceil(graceMs / 1000));
  const path = `/containers/${encodeURIComponent(id)}/stop?t=${grace}`;
  for (const socket of sockets) {
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout((grace + 10) * 1000)]);
      last = outcomeOf(await tellEngine(socket, path, limit));
    } catch (error) {
      last = refusalOf(error);
    }
    if (last.result === 'done') return last;
  }
  return last;
};

/** 204: stopped; 304: it had stopped before; 404: the engine has no such container. */
const outcomeOf = ({ status, message }: EngineReply): ContainerStop => {
  if (status === 204 || status === 304) return { result: 'done' };
  const why = `the engine answers ${status}${message === null ? '' : `: ${message}`}`;
  if (status === 404) return { result: 'gone', why };
  return { result: status === 401 || status === 403 ? 'denied' : 'failed', why };
};

const refusalOf = (error: unknown): ContainerStop => {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'EACCES' || code === 'EPERM'
    ? { result: 'denied', why: "the engine's socket is not open to this user" }
    : { result: 'failed', why: messageOf(error) };
};

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
