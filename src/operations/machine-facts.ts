import type { MachineFacts, ResolvedName } from '../diagnose/facts.ts';
import { within } from '../diagnose/within.ts';
import { pairConnections } from '../explain/connections.ts';
import { type Judgement, judgeProcesses } from '../explain/judgement.ts';
import { judgeListeners } from '../explain/listeners.ts';
import { indexSnapshot } from '../explain/snapshot-index.ts';
import { takeSnapshot } from '../host/snapshot.ts';
import type { LoopbackTrip } from '../model/diagnosis.ts';
import { isKnown, type Known, unknown } from '../model/known.ts';
import type { FileWatches, NetworkFacts } from '../model/network.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { LiveContext, OperationContext } from './operation.ts';

/** What of the machine is to be asked beside its sockets and processes. */
export type MachineQuery = {
  /** Addresses whose routes are wanted. */
  readonly destinations: readonly string[];
  /** Whether to read the packet filter, which takes two or three other programs. */
  readonly firewall: boolean;
  /** Whether to try a connection over loopback. */
  readonly trips: boolean;
  /** Whether to count who watches files, which looks at every descriptor; left out: no. */
  readonly fileWatches?: boolean;
};

/** The machine's facts, with the judgement of its processes that they rest on. */
export type JudgedMachine = { readonly facts: MachineFacts; readonly judgement: Judgement };

/** Reads, or takes from the snapshot, what checks of the machine look at. */
export const machineFacts = async (
  context: OperationContext,
  query: MachineQuery,
): Promise<JudgedMachine> => {
  const [snapshot, localhost] = await Promise.all([
    snapshotFor(context),
    resolvedName(context, 'localhost'),
  ]);
  const judgement = judgeProcesses(indexSnapshot(snapshot));
  const facts = {
    snapshot,
    listeners: judgeListeners(judgement),
    connections: pairConnections(judgement),
    network: await networkFacts(context, query),
    asker: context.snapshot === undefined ? context.host.asker() : notTold,
    localhost,
    trips: query.trips ? await loopbackTrips(context) : [],
    ...(query.fileWatches === true ? { fileWatches: fileWatches(context) } : {}),
  };
  return { facts, judgement };
};

/** The same with the routes to addresses that were found out since; a snapshot's stay as they are. */
export const withRoutes = (
  context: OperationContext,
  { facts, judgement }: JudgedMachine,
  destinations: readonly string[],
): JudgedMachine => {
  if (context.snapshot !== undefined || !isKnown(facts.network)) return { facts, judgement };
  const { routes } = context.host.network(destinations);
  return { facts: { ...facts, network: { ...facts.network, routes } }, judgement };
};

const fileWatches = (context: OperationContext): Known<FileWatches> =>
  context.snapshot === undefined
    ? context.host.fileWatches()
    : unknown('unsupported', 'a snapshot does not tell who watches files');

const notTold = unknown('unsupported', 'a snapshot does not tell who asks');

/** The whole machine as a diagnosis needs it. */
const snapshotFor = async (context: OperationContext): Promise<Snapshot> =>
  context.snapshot === undefined
    ? takeSnapshot(
        context.host,
        { states: 'all', unix: true, otherNamespaces: true, holdersOf: 'all', detail: 'full' },
        context.signal,
        context.now,
      )
    : context.snapshot;

/** A name server that is away keeps getaddrinfo(3) waiting for ten seconds and more (resolv.conf(5)). */
const resolveLimitMs = 3_000;

/** A name's addresses in the resolver's order, if it tells within three seconds; a snapshot does not. */
export const resolvedName = async (
  context: OperationContext,
  name: string,
): Promise<Known<ResolvedName>> => {
  if (context.snapshot !== undefined) {
    return unknown('unsupported', `a snapshot does not tell what ${name} resolves to`);
  }
  const { host, signal } = context;
  const resolution = await within(resolveLimitMs, signal, (limit) => host.resolve(name, limit));
  if (resolution === null) {
    return unknown('unsupported', `the resolver did not answer within ${resolveLimitMs / 1000} s`);
  }
  return isKnown(resolution) ? resolution.addresses : resolution;
};

const networkFacts = async (
  context: OperationContext,
  { destinations, firewall }: MachineQuery,
): Promise<Known<NetworkFacts>> => {
  if (context.snapshot !== undefined) return context.snapshot.network ?? withoutNetwork;
  const facts = context.host.network(destinations);
  return { ...facts, firewall: firewall ? await context.host.firewall(context.signal) : notAsked };
};

const withoutNetwork = unknown('unsupported', 'the snapshot was taken without the network facts');
const notAsked = unknown('unsupported', 'the firewall has no part in this');

const loopbackTrips = async (context: OperationContext): Promise<readonly LoopbackTrip[]> =>
  context.snapshot === undefined ? Promise.all([trip(context, 'ipv4'), trip(context, 'ipv6')]) : [];

const trip = (context: LiveContext, family: 'ipv4' | 'ipv6'): Promise<LoopbackTrip> =>
  context.host.loopbackTrip(family, context.signal);
