import { partPath } from '../diagnose/asked-path.ts';
import { blamedTarget } from '../diagnose/blamed-target.ts';
import { diagnose, diagnoseMachine, type Judgement } from '../diagnose/diagnose.ts';
import type { EndpointFacts, MachineFacts } from '../diagnose/facts.ts';
import { saysNo } from '../diagnose/says-no.ts';
import type { Diagnosis, Symptom } from '../model/diagnosis.ts';
import { invalidInput } from '../model/error.ts';
import type { FailureMessage } from '../model/failure.ts';
import { isUnknown } from '../model/known.ts';
import { endpointIn } from '../model/parse-message.ts';
import { parseTarget } from '../model/parse-target.ts';
import type { Problem } from '../model/problem.ts';
import type { EndpointTarget, Target } from '../model/target.ts';
import type { AskLimits } from './ask-server.ts';
import { bindAsMeant } from './bind-as-meant.ts';
import { endpointFacts } from './endpoint-facts.ts';
import { machineFacts } from './machine-facts.ts';
import { endpointOf } from './named-endpoint.ts';
import type { OperationContext } from './operation.ts';
import type { WhyInput } from './why.schema.ts';

/**
 * Tells why connecting to an endpoint, or binding it, fails: stage by stage, with the cause, its
 * evidence and the fix. Takes a target, or a message that blames one. Connects to that endpoint and
 * asks it what it speaks unless `probe` is false or the facts come from a snapshot. Throws invalid
 * input for a target that can't be right, and where not exactly one of both is given.
 */
export const why = async (context: OperationContext, input: WhyInput): Promise<Diagnosis> => {
  const probe = input.probe ?? true;
  if (input.target !== undefined && input.message === undefined) {
    const { endpoint, path } = partPath(input.target);
    const asked = parseTarget(endpoint);
    if (asked.kind !== 'endpoint') return whyOf(context, asked, probe);
    const target = { ...asked, input: input.target };
    const question = { target, message: null, probe, ...(path === null ? {} : { path }) };
    return judgeEndpoint(await endpointFacts(context, question), []);
  }
  if (input.message === undefined || input.target !== undefined) {
    throw invalidInput('why takes a target or a message', 'one of both');
  }
  const { readMessage } = await import('../diagnose/messages/read-message.ts');
  return whyMessage(context, readMessage(input.message), input.message, probe);
};

/** What is known of a client that has waited in vain. */
export type InVain = {
  readonly target: EndpointTarget;
  /** What it speaks; null: not told. */
  readonly expected: string | null;
  readonly path: string | null;
  /** Whether a connection was not enough, though nothing tells what it speaks. */
  readonly mustAnswer: boolean;
  /** What the server said of itself, as the end of a sentence; null: nothing. */
  readonly notReady: string | null;
  readonly limits: AskLimits;
};

/** The same of an endpoint, for a client that has waited for it. */
export const whyInVain = async (
  context: OperationContext,
  { target, expected, path, mustAnswer, notReady, limits }: InVain,
): Promise<Diagnosis> => {
  const question = {
    target,
    message: null,
    probe: true,
    mustAnswer,
    limits,
    ...(expected === null ? {} : { expected }),
    ...(path === null ? {} : { path }),
    ...(notReady === null ? {} : { notReady }),
  };
  return judgeEndpoint(await endpointFacts(context, question), []);
};

const whyMessage = async (
  context: OperationContext,
  message: FailureMessage,
  text: string,
  probe: boolean,
): Promise<Diagnosis> => {
  if (message.class === 'none') return whyNothing(context, message, text, probe);
  const { target, tried, others } = blamedTarget(message);
  if (target === null) return judgeMachineAlone(await machineAlone(context, message), message);
  const read = await endpointFacts(context, { target, tried, message, probe });
  const facts = bindAsMeant(context, read, text);
  return judgeEndpoint(facts, others.map(alsoBlamed));
};

/** A server that said no has answered: whether it does so now is all there is to look at. */
const whyNothing = async (
  context: OperationContext,
  message: FailureMessage,
  text: string,
  probe: boolean,
): Promise<Diagnosis> => {
  const named = saysNo(text) ? endpointIn(text) : null;
  const target = named === null ? null : parseTarget(named);
  if (target === null || target.kind !== 'endpoint') return nothingTold(message, context.now());
  const facts = await endpointFacts(context, { target, message: null, probe });
  const diagnosis = judgeEndpoint(facts, []);
  const answer = `${noneTold}: whoever said no had answered; ${diagnosis.answer}`;
  return { ...diagnosis, message, answer };
};

const noneTold = 'the text tells of no connection or bind that failed';

const machineAlone = async (
  context: OperationContext,
  message: FailureMessage,
): Promise<MachineFacts> => {
  const fileWatches = message.class === 'too-many-files';
  const query = { destinations: [], firewall: false, trips: false, fileWatches };
  return { ...(await machineFacts(context, query)).facts, message };
};

/** A program, project, container or process is asked for where it listens. */
const whyOf = async (
  context: OperationContext,
  asked: Exclude<Target, { kind: 'endpoint' }>,
  probe: boolean,
): Promise<Diagnosis> => {
  const { target, machine, others } = await endpointOf(context, asked);
  const facts = await endpointFacts(context, { target, message: null, probe, machine });
  return judgeEndpoint(facts, others.map(alsoListens));
};

const judgeEndpoint = (facts: EndpointFacts, problems: readonly Problem[]): Diagnosis => ({
  ...factsShown(facts, facts.message, facts.symptom),
  target: facts.target,
  attempts: facts.attempts,
  listeners: facts.answering,
  elsewhere: facts.elsewhere,
  connections: facts.ends,
  protocol: facts.protocol.value,
  ...withProblems(facts, diagnose(facts), problems),
});

const judgeMachineAlone = (facts: MachineFacts, message: FailureMessage): Diagnosis => {
  const symptom: Symptom = { class: message.class, role: message.role, from: 'message' };
  return {
    ...factsShown(facts, message, symptom),
    ...withProblems(facts, diagnoseMachine(facts, symptom), []),
  };
};

const factsShown = (facts: MachineFacts, message: FailureMessage | null, symptom: Symptom) => ({
  takenAt: facts.snapshot.takenAt,
  message,
  symptom,
  ...nothingSeen,
});

const nothingSeen = {
  target: null,
  attempts: [],
  listeners: [],
  elsewhere: [],
  connections: [],
  protocol: { status: 'not-probed', why: 'there was nothing to ask' },
} as const satisfies Partial<Diagnosis>;

const withProblems = (
  { snapshot, network }: MachineFacts,
  judgement: Judgement,
  problems: readonly Problem[],
): Judgement => ({
  ...judgement,
  problems: [
    ...problems,
    ...(isUnknown(network) ? [unreadNetwork(network.why ?? network.unknown)] : []),
    ...snapshot.problems,
    ...judgement.problems,
  ],
});

const unreadNetwork = (detail: string): Problem => ({
  id: 'network-not-read',
  reason: 'unsupported',
  detail,
});

const alsoBlamed = (other: string): Problem => ({
  id: 'more-endpoints',
  reason: 'unsupported',
  detail: `the message blames ${other} too, which was not looked at`,
});

const alsoListens = (other: string): Problem => ({
  id: 'more-endpoints',
  reason: 'unsupported',
  detail: `it listens on ${other} too, which was not looked at`,
});

const nothingTold = (message: FailureMessage, now: number): Diagnosis => ({
  takenAt: new Date(now).toISOString(),
  message,
  symptom: { class: 'none', role: 'unknown', from: 'nothing' },
  verdict: 'nothing-told',
  answer: noneTold,
  stages: [],
  causes: [],
  contradictions: [],
  ...nothingSeen,
  checks: [],
  next: [{ label: 'name the endpoint, to have it looked at', command: 'homeport why HOST:PORT' }],
  problems: [],
});
