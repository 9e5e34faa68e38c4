import { pairConnections } from '../explain/connections.ts';
import type { Judgement } from '../explain/judgement.ts';
import { judgeListeners } from '../explain/listeners.ts';
import { orphanEvidence } from '../explain/orphaned.ts';
import { listenerOf } from '../explain/select.ts';
import type { Connection } from '../model/connection.ts';
import type { FreeCandidate } from '../model/freeing.ts';
import { isKnown, type Known, knownOr, unknown } from '../model/known.ts';
import type { InetListener, Listener } from '../model/listener.ts';
import { parseTarget } from '../model/parse-target.ts';
import type { InetSocket } from '../model/socket.ts';
import { listenerText } from '../ports/freeing/endpoints.ts';
import type { HeldBy } from '../ports/freeing/facts.ts';
import { planToFree } from '../ports/freeing/plan-to-free.ts';
import { freeingFacts, type FreeMachine } from './free-facts.ts';
import { holdersOf } from './free-holders.ts';
import type { FreeInput } from './free.schema.ts';
import type { OperationContext } from './operation.ts';

/**
 * What could be stopped, of what was asked for, with what speaks for it. Services of the system are
 * left out of what is idle or orphaned, and so is all that a plan would refuse to stop.
 */
export const candidatesFor = async (
  context: OperationContext,
  input: FreeInput,
  machine: FreeMachine,
): Promise<readonly FreeCandidate[]> => {
  const { judgement } = machine;
  const connections = pairConnections(judgement);
  const found: FreeCandidate[] = [];
  for (const listener of judgeListeners(judgement).filter(isTcpHere)) {
    const [holder] = holdersOf([listener], judgement);
    if (holder === undefined) continue;
    const usage = usageOf(listener, connections, judgement);
    const evidence = evidenceFor(input, holder, usage, context.now());
    if (evidence === null) continue;
    const targets = [parseTarget(listenerText(listener))] as const;
    const plan = planToFree(await freeingFacts(context, input, targets, machine));
    if (plan.refusals.length === 0) found.push(candidateOf(holder, listener, usage, evidence));
  }
  return found;
};

const isTcpHere = (listener: Listener): listener is InetListener =>
  listener.transport === 'tcp' && listener.namespace === 'this';

/** `silentMs` of connections: since the last byte on any of them. */
type Usage = { readonly connections: number; readonly silentMs: Known<number> };

const usageOf = (
  listener: InetListener,
  all: readonly Connection[],
  judgement: Judgement,
): Usage => {
  const own = all.filter(
    (connection) => listenerOf(connection, [listener]) !== null && connection.state !== 'time-wait',
  );
  const inodes = new Set(own.flatMap(({ client, server }) => [client.inode, server.inode]));
  const sockets = judgement.index.snapshot.sockets.filter(
    (socket): socket is InetSocket =>
      socket.transport === 'tcp' && socket.inode !== 0 && inodes.has(socket.inode),
  );
  return { connections: own.length, silentMs: silence(own.length, sockets) };
};

const silence = (connections: number, sockets: readonly InetSocket[]): Known<number> => {
  if (connections === 0) {
    return unknown('unsupported', 'the kernel keeps no time of connections that are closed');
  }
  const times = sockets.flatMap(({ tcpInfo }) => {
    const info = knownOr(tcpInfo, null);
    return info === null ? [] : [Math.min(info.lastDataSentMs, info.lastDataReceivedMs)];
  });
  return times.length === 0
    ? unknown('unsupported', 'this reading does not tell when data came')
    : Math.min(...times);
};

const systemOrigins: ReadonlySet<string> = new Set([
  'container',
  'docker-compose',
  'init-script',
  'kernel',
  'kubernetes',
  'published-port',
  'socket-activation',
  'systemd-unit',
]);

/** What speaks for it, a sentence each; null: it is not what was asked for. All that was asked for must hold. */
const evidenceFor = (
  { project, idleMs, orphans }: FreeInput,
  holder: HeldBy,
  usage: Usage,
  now: number,
): readonly string[] | null => {
  const parts = [
    project === undefined ? [] : projectEvidence(project, holder),
    orphans === true ? nullIfEmpty(orphanEvidence(holder)) : [],
    idleMs === undefined ? [] : idleEvidence(idleMs, holder, usage, now),
  ];
  return parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
};

const nullIfEmpty = (evidence: readonly string[]) => (evidence.length === 0 ? null : evidence);

const projectEvidence = (name: string, { project }: HeldBy): readonly string[] | null => {
  const known = project === null ? null : knownOr(project, null);
  return known !== null && known.name.toLowerCase() === name.toLowerCase()
    ? [`project ${known.name} in ${known.root}`]
    : null;
};

const idleEvidence = (
  idleMs: number,
  { process, origin }: HeldBy,
  { connections, silentMs }: Usage,
  now: number,
): readonly string[] | null => {
  const age = now - Date.parse(process.startedAt);
  if (age < idleMs || systemOrigins.has(origin.id)) return null;
  if (connections === 0) {
    return [
      'no connection now; when the last one ended the kernel does not tell',
      `it has run for ${minutes(age)}`,
    ];
  }
  return isKnown(silentMs) && silentMs >= idleMs
    ? [`${connections} connections, and not a byte on any of them for ${minutes(silentMs)}`]
    : null;
};

const minutes = (ms: number): string =>
  ms < 120_000 ? `${Math.floor(ms / 1000)} s` : `${Math.floor(ms / 60_000)} min`;

const candidateOf = (
  { process, program, project }: HeldBy,
  listener: InetListener,
  { connections, silentMs }: Usage,
  evidence: readonly string[],
): FreeCandidate => ({
  endpoint: listenerText(listener),
  pid: process.pid,
  name: program.name,
  project: project === null ? null : (knownOr(project, null)?.name ?? null),
  startedAt: process.startedAt,
  connections,
  idleMs: silentMs,
  evidence,
});
