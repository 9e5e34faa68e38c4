import { clientProtocol } from '../diagnose/client-protocol.ts';
import { deadProxyOf } from '../diagnose/dead-proxy.ts';
import { expectedProtocol } from '../diagnose/expected.ts';
import type { EndpointFacts, MachineFacts, ResolvedName, Timed } from '../diagnose/facts.ts';
import { foreseenFailure } from '../diagnose/foreseen.ts';
import { isBind, type Met, symptomOf } from '../diagnose/symptom.ts';
import { explainTarget, type SnapshotExplanation } from '../explain/explain-target.ts';
import { portAnatomy } from '../explain/port-anatomy.ts';
import { covers } from '../model/covers.ts';
import type { BindTrial, Symptom } from '../model/diagnosis.ts';
import type { FailureMessage } from '../model/failure.ts';
import { isKnown, type Known, knownOr, unknown } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';
import { checkZone } from '../model/parse-target.ts';
import type { EndpointTarget } from '../model/target.ts';
import { askEndpoint, type EndpointAnswers, notAskedEndpoint } from './ask-endpoint.ts';
import type { AskLimits } from './ask-server.ts';
import { type JudgedMachine, machineFacts, resolvedName, withRoutes } from './machine-facts.ts';
import type { OperationContext } from './operation.ts';

/** What a diagnosis is about, and how far it may go. */
export type EndpointQuestion = {
  readonly target: EndpointTarget;
  readonly message: FailureMessage | null;
  /** Whether to connect to it and to ask it. */
  readonly probe: boolean;
  /** The addresses that the client tried; the target's host says it where this is left out. */
  readonly tried?: readonly string[];
  /** What the client speaks; the URL or the message's ecosystem says it where this is left out. */
  readonly expected?: string;
  /** Path and query that the user named. */
  readonly path?: string;
  /** Whether something has to be answered though nobody tells in which protocol. */
  readonly mustAnswer?: boolean;
  /** What the server said before of itself where it does not serve yet. */
  readonly notReady?: string;
  /** How long the server may be asked. */
  readonly limits?: AskLimits;
  /** What was read of the machine before. */
  readonly machine?: JudgedMachine;
};

/** Collects all that the checks of one endpoint look at. */
export const endpointFacts = async (
  context: OperationContext,
  question: EndpointQuestion,
): Promise<EndpointFacts> => {
  const { target, message, probe } = question;
  const resolution = await resolve(context, target);
  const addresses = addressesOf(question, resolution?.value ?? null);
  const machine = await readMachine(context, question, addresses);
  const { facts, judgement } = machine;
  checkZoneOf(target, facts);
  const seen = explainTarget(target, hostAddresses(target, addresses), judgement);
  const expected = question.expected ?? expectedProtocol(target.scheme, message?.ecosystem ?? null);
  const client = clientProtocol({ expected, message, target, symptom: roleOf(message) });
  const answers = probe
    ? await askEndpoint(context, { ...question, addresses, facts, client })
    : notAskedEndpoint('not asked to');
  const own: Met = {
    message: null,
    resolution: context.snapshot === undefined ? resolution : null,
    expected: client,
    program: programOf(seen),
    attempts: answers.attempts,
    protocol: answers.protocol.value,
    application: answers.application,
    unaccepted: answers.unaccepted !== null,
    foreseen: foreseenFailure({ ...facts, addresses, target }),
    sentToDeadProxy: deadProxyOf({ ...facts, ...answers, target, expected: client }) !== null,
    notReady: question.notReady ?? null,
    mustAnswer: question.mustAnswer ?? isAfterwards(message),
  };
  const symptom = symptomOf({ ...own, message });
  return {
    ...facts,
    ...answers.machine,
    symptom,
    met: symptomOf(own),
    ...(question.path === undefined ? {} : { path: question.path }),
    notReady: own.notReady ?? null,
    message,
    target,
    resolution,
    addresses,
    expected,
    answering: withQueue(seen, answers),
    elsewhere: seen.elsewhere,
    ends: seen.connections,
    owner: seen.owner,
    address: seen.address,
    port: portAnatomy(target.port, target.transport, facts.snapshot.machine),
    attempts: answers.attempts,
    protocol: answers.protocol,
    application: answers.application,
    bindTrial: isBind(symptom) && probe ? tryBind(context, target, addresses) : null,
    processorShares: answers.processorShares,
    askersProject: projectOf(context, facts),
  };
};

/** Whether a message tells of a connection that was made: whoever is silent to it is so now, too. */
const isAfterwards = (message: FailureMessage | null): boolean =>
  message !== null && ['timeout', 'connection-reset', 'broken-pipe'].includes(message.class);

const roleOf = (message: FailureMessage | null): Pick<Symptom, 'role'> => ({
  role: message?.role ?? 'client',
});

const programOf = ({ listeners: [listener] }: SnapshotExplanation): string | null =>
  listener === undefined ? null : (knownOr(listener.program, null)?.id ?? null);

const readMachine = async (
  context: OperationContext,
  { machine }: EndpointQuestion,
  destinations: readonly string[],
): Promise<JudgedMachine> =>
  machine === undefined
    ? machineFacts(context, { destinations, firewall: false, trips: false })
    : withRoutes(context, machine, destinations);

const resolve = async (
  context: OperationContext,
  { host, address }: EndpointTarget,
): Promise<Timed<Known<ResolvedName>> | null> => {
  if (host === null || address !== null || host === '*') return null;
  const started = context.now();
  const value = await resolvedName(context, host);
  return { value, durationMs: context.now() - started };
};

const bothLoopbacks: readonly string[] = ['127.0.0.1', '::1'];

/** A name without addresses is nowhere, but localhost is loopback whoever denies it (RFC 6761 6.3). */
const addressesOf = (
  { target, tried = [] }: EndpointQuestion,
  resolved: Known<ResolvedName> | null,
): readonly string[] => {
  if (tried.length > 0) return tried;
  if (target.address !== null) return [target.address];
  if (resolved !== null && isKnown(resolved)) {
    return [...new Set(resolved.map(({ address }) => address))];
  }
  return target.host === null || target.host === '*' || target.host === 'localhost'
    ? bothLoopbacks
    : [];
};

/** A port alone means every address of it. */
const hostAddresses = (
  { host }: EndpointTarget,
  addresses: readonly string[],
): readonly string[] | null => (host === null || host === '*' ? null : addresses);

const checkZoneOf = ({ zone }: EndpointTarget, { snapshot }: MachineFacts): void => {
  if (zone === null) return;
  checkZone(
    zone,
    snapshot.interfaces.map(({ name }) => name),
  );
};

/** What waits in the queue after connections were made says more than what waited before. */
const withQueue = (
  { listeners }: SnapshotExplanation,
  { unaccepted, attempts }: EndpointAnswers,
): EndpointFacts['answering'] => {
  const reached = attempts.find(({ outcome }) => outcome === 'connected')?.address;
  const asked = listeners.find((one) => isReached(one, reached));
  return unaccepted === null
    ? listeners
    : listeners.map((one) => (one === asked ? { ...one, queue: unaccepted } : one));
};

const isReached = (listener: Listener, address: string | undefined): boolean =>
  listener.transport === 'tcp' && address !== undefined && covers(listener, address);

const tryBind = (
  context: OperationContext,
  { host, address, port, transport }: EndpointTarget,
  addresses: readonly string[],
): Known<BindTrial> => {
  if (context.snapshot !== undefined) return unknown('unsupported', 'a snapshot can not be bound');
  const wanted = address ?? (host === null || host === '*' ? '::' : addresses[0]);
  if (wanted === undefined || port === 0) return unknown('unsupported', 'no endpoint is named');
  return context.host.tryBind({ transport: transport ?? 'tcp', address: wanted, port });
};

const projectOf = (
  context: OperationContext,
  { asker }: MachineFacts,
): EndpointFacts['askersProject'] => {
  if (context.snapshot !== undefined || !isKnown(asker) || asker.workingDirectory === null) {
    return null;
  }
  return context.host.project(asker.workingDirectory);
};
