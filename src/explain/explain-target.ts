import type { Connection } from '../model/connection.ts';
import type {
  AddressAnatomy,
  EndpointState,
  Explanation,
  Owner,
  PortAnatomy,
} from '../model/explanation.ts';
import { isKnown, knownOr, type Unknown } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { addressAnatomy } from './address-anatomy.ts';
import { pairConnections } from './connections.ts';
import { widestExposure } from './exposure.ts';
import type { Judgement } from './judgement.ts';
import { judgeListeners } from './listeners.ts';
import { describeOwner, isHeldBySystemd } from './describe-owner.ts';
import { portAnatomy } from './port-anatomy.ts';
import { type Addresses, select } from './select.ts';

/** What a snapshot alone tells of a target; protocol, findings and next steps come after it. */
export type SnapshotExplanation = Omit<Explanation, 'protocol' | 'findings' | 'next'>;

/**
 * Explains a target from a snapshot alone; `addresses` are those that its host stands for.
 */
export const explainTarget = (
  target: Target,
  addresses: Addresses,
  judgement: Judgement,
): SnapshotExplanation => {
  const { snapshot } = judgement.index;
  const allConnections = pairConnections(judgement);
  const all = judgeListeners(judgement);
  const { listeners, connections } = select(target, addresses, all, allConnections);
  const owner = ownerOf(target, listeners, connections, judgement);
  return {
    target,
    address: anatomyOfAddress(addresses, snapshot),
    port: anatomyOfPort(target, snapshot),
    state: stateOf(target, listeners, connections),
    listeners,
    elsewhere: samePort(target, all).filter((listener) => !listeners.includes(listener)),
    connections,
    upstream: upstreamOf(owner, connections, allConnections),
    owner,
    exposure: listeners.length === 0 ? null : widestExposure(listeners.map((one) => one.exposure)),
    problems: [...snapshot.problems, ...judgement.problems],
  };
};

const samePort = (target: Target, all: readonly Listener[]): readonly Listener[] =>
  target.kind === 'endpoint'
    ? all.filter(
        (listener) =>
          listener.transport !== 'unix' &&
          listener.port === target.port &&
          (target.transport === null || listener.transport === target.transport),
      )
    : [];

const anatomyOfAddress = (addresses: Addresses, snapshot: Snapshot): AddressAnatomy | null => {
  const first = addresses?.[0];
  return first === undefined ? null : addressAnatomy(first, snapshot.interfaces);
};

const anatomyOfPort = (target: Target, snapshot: Snapshot): PortAnatomy | null =>
  target.kind === 'endpoint' ? portAnatomy(target.port, target.transport, snapshot.machine) : null;

const closing: ReadonlySet<string> = new Set([
  'fin-wait-1',
  'fin-wait-2',
  'time-wait',
  'close-wait',
  'last-ack',
  'closing',
]);

const stateOf = (
  target: Target,
  listeners: readonly Listener[],
  connections: readonly Connection[],
): EndpointState => {
  if (listeners.length > 0) return 'listening';
  if (connections.length > 0) {
    return connections.every(({ state }) => closing.has(state)) ? 'closing' : 'connected';
  }
  return target.kind === 'endpoint' || target.kind === 'unix' ? 'free' : 'unknown';
};

const ownerOf = (
  target: Target,
  listeners: readonly Listener[],
  connections: readonly Connection[],
  judgement: Judgement,
): Owner | Unknown | null => {
  const [listener] = listeners;
  if (target.kind === 'pid') return ownerOfPid(target.pid, listener, judgement);
  if (listener !== undefined) return ownerOfListener(listener, judgement);
  return target.kind === 'endpoint' ? ownerOfEnd(target.port, connections, judgement) : null;
};

/** The process asked about, also where another one accepts what it listens on. */
const ownerOfPid = (
  pid: number,
  listener: Listener | undefined,
  judgement: Judgement,
): Owner | null => {
  const process = judgement.index.process(pid);
  if (process === null) return null;
  const claim = knownOr(listener?.owners ?? [], []).find((one) => one.pid === pid);
  const heldByInit = listener !== undefined && isHeldBySystemd(listener, judgement);
  return describeOwner(
    process,
    claim?.evidence ?? ['the process asked about'],
    heldByInit,
    judgement,
  );
};

const ownerOfListener = (listener: Listener, judgement: Judgement): Owner | Unknown => {
  if (!isKnown(listener.owners)) return listener.owners;
  const [first] = listener.owners;
  const process = first === undefined ? null : judgement.index.process(first.pid);
  if (first === undefined || process === null) return { unknown: 'gone' };
  return describeOwner(process, first.evidence, isHeldBySystemd(listener, judgement), judgement);
};

/** Nobody listens: the process whose end of a connection the endpoint is. */
const ownerOfEnd = (
  port: number,
  connections: readonly Connection[],
  judgement: Judgement,
): Owner | Unknown | null => {
  const ends = connections
    .flatMap((connection) => [connection.client, connection.server])
    .filter((end) => end.local && end.port === port);
  const end = ends.find((candidate) => isKnown(candidate.pid)) ?? ends[0];
  if (end === undefined) return null;
  if (!isKnown(end.pid)) return end.pid;
  const process = judgement.index.process(end.pid);
  return process === null
    ? { unknown: 'gone' }
    : describeOwner(
        process,
        [`holds this end of the connection (socket ${end.inode})`],
        false,
        judgement,
      );
};

const upstreamOf = (
  owner: Owner | Unknown | null,
  own: readonly Connection[],
  all: readonly Connection[],
): readonly Connection[] => {
  if (owner === null || !('process' in owner)) return [];
  const { pid } = owner.process;
  return all.filter(
    ({ client, ...connection }) =>
      client.pid === pid && !own.some((one) => one.server === connection.server),
  );
};
