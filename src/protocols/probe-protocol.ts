import type { DialTarget, Host } from '../host/host.ts';
import type { Protocol } from '../model/protocol.ts';
import { attempt, type AttemptContext } from './attempt.ts';
import { conductOf, describeAttempts, type Vain } from './describe-attempts.ts';
import type { Silence } from './exchange.ts';
import { greetingProbe } from './greeting.ts';
import { withoutNext } from './identification.ts';
import { askKinds, greetingKinds } from './kinds/registry.ts';
import { isHinted, orderProbes } from './order-probes.ts';
import type { NamedIdentification, ProbeTarget, ProtocolProbe } from './protocol-probe.ts';
import { recognise } from './recognise.ts';
import { whyUnreachable } from './unreachable.ts';
import { reasonNotToTouch } from './untouchable.ts';

export type ProbeOptions = {
  readonly dial: Host['dial'];
  readonly target: DialTarget;
  /** For `Host:` and SNI: the name the user gave, else the address. */
  readonly serverName: string;
  /** Program ids, program kinds and URL schemes: they order the questions, the answer decides. */
  readonly hints: readonly string[];
  /** Time for everything, in ms; 2,500 is a good one. */
  readonly budgetMs: number;
  /** How many times as long as usual each answer is waited for; once where it is left out. */
  readonly patience?: number;
  /** Milliseconds, from any origin. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Told the name of each question before it is asked. */
  readonly onProgress?: (question: string) => void;
};

/**
 * Says what a server speaks, by asking it gently: first listens for one that speaks first, then says
 * one read-only hello per fresh connection until an answer is known. Whatever the server sends, it
 * answers within the budget and leaves no connection open. Rejects only with the abort reason.
 */
export const probeProtocol = async (options: ProbeOptions): Promise<Protocol> => {
  options.signal.throwIfAborted();
  const untouchable = reasonNotToTouch(options.hints);
  if (untouchable !== null) return { status: 'not-probed', why: untouchable };
  const probing = startProbing(options);
  for (;;) {
    const probe = nextQuestion(probing);
    if (probe === null) return conclude(probing, null);
    const result = await question(probing, probe);
    if (result.outcome === 'unreachable') return giveUp(probing, whyUnreachable(result.thrown));
    if (result.outcome === 'identified') return settle(probing, result.identification);
    const identification = learn(probing, probe, result);
    if (identification !== null) return settle(probing, identification);
  }
};

type Probing = {
  readonly options: ProbeOptions;
  readonly context: AttemptContext;
  queue: ProtocolProbe[];
  readonly tried: Vain[];
  /** What an answer to another question showed, for want of a better one. */
  fallback: NamedIdentification | null;
};

const kinds: readonly ProtocolProbe[] = [...greetingKinds, ...askKinds];
const kindsById: ReadonlyMap<string, ProtocolProbe> = new Map(
  [...kinds, greetingProbe(greetingKinds)].map((kind) => [kind.id, kind]),
);

const startProbing = (options: ProbeOptions): Probing => {
  const { dial, target: dialTarget, hints, signal, now } = options;
  const deadline = now() + options.budgetMs;
  const port = dialTarget.transport === 'tcp' ? dialTarget.port : null;
  const target: ProbeTarget = { host: options.serverName, port, hints };
  return {
    options,
    context: {
      dial,
      dialTarget,
      target,
      signal,
      remainingMs: () => deadline - now(),
      kind: (id) => kindsById.get(id) ?? null,
    },
    queue: questionsFor(hints, port),
    tried: [],
    fallback: null,
  };
};

const questionsFor = (hints: readonly string[], port: number | null): ProtocolProbe[] => {
  const ordered = orderProbes(askKinds, hints, port);
  const hinted = ordered.filter((probe) => isHinted(probe, hints));
  return [...hinted, greetingProbe(greetingKinds), ...ordered.slice(hinted.length)];
};

/** Less time than this, in ms, is not worth a connection. */
const worthwhileMs = 20;

const nextQuestion = (probing: Probing): ProtocolProbe | null => {
  if (probing.context.remainingMs() < worthwhileMs) return null;
  return probing.queue.shift() ?? null;
};

const defaultPatienceMs = 150;
/** A hint makes it worth waiting for a dev server that compiles its first page. */
const hintedPatience = 3;

const question = async (probing: Probing, probe: ProtocolProbe) => {
  const { options, context } = probing;
  options.onProgress?.(probe.name);
  const factor = (isHinted(probe, options.hints) ? hintedPatience : 1) * (options.patience ?? 1);
  const limitMs = factor * (probe.patienceMs ?? defaultPatienceMs);
  const result = await attempt(context, probe, limitMs);
  options.signal.throwIfAborted();
  return result;
};

/** Notes an answer that its own probe did not know; an identification where another one does. */
const learn = (
  probing: Probing,
  probe: ProtocolProbe,
  silence: Silence,
): NamedIdentification | null => {
  const spokeFirst = probe.id === 'greeting';
  probing.tried.push({ name: probe.name, spokeFirst, silence });
  const others = kinds.filter(({ id }) => id !== probe.id);
  const known = recognise(silence.bytes, others, probing.context.target);
  if (known === null) {
    // A server that speaks first, or hangs up at once, has no use for a hello.
    if (spokeFirst && silence.how !== 'silent') probing.queue = [];
    return null;
  }
  if (!probing.queue.includes(known.probe)) return known.identification;
  probing.fallback ??= known.identification;
  probing.queue = [known.probe, ...probing.queue.filter((one) => one !== known.probe)];
  return null;
};

const followUpMs = 500;
const mostFollowUps = 3;

/** Follows the further questions of an identification and makes the answer of it. */
const settle = async (probing: Probing, first: NamedIdentification): Promise<Protocol> => {
  let best = first;
  for (let asked = 0; best.next !== undefined && asked < mostFollowUps; asked += 1) {
    const next = typeof best.next === 'string' ? probing.context.kind(best.next) : best.next;
    if (next === null || probing.context.remainingMs() < worthwhileMs) break;
    const result = await attempt(probing.context, next, followUpMs);
    probing.options.signal.throwIfAborted();
    if (result.outcome !== 'identified') break;
    best = merge(best, result.identification);
  }
  return toProtocol(best);
};

const merge = (first: NamedIdentification, second: NamedIdentification): NamedIdentification => {
  return {
    ...withoutNext(first),
    ...second,
    version: second.version ?? first.version,
    server: second.server ?? first.server,
    title: second.title ?? first.title,
    authentication: second.authentication ?? first.authentication,
    details: { ...first.details, ...second.details },
    evidence: [...new Set([...first.evidence, ...second.evidence])],
  };
};

const toProtocol = (identification: NamedIdentification): Protocol => ({
  status: 'identified',
  tls: null,
  ...withoutNext(identification),
});

const giveUp = (probing: Probing, why: string): Protocol | Promise<Protocol> =>
  probing.tried.length === 0 ? { status: 'unreachable', why } : conclude(probing, why);

const conclude = (probing: Probing, interrupted: string | null): Protocol | Promise<Protocol> => {
  if (probing.fallback !== null) return settle(probing, probing.fallback);
  if (probing.tried.length === 0) return { status: 'not-probed', why: 'there was no time left' };
  const untried = interrupted === null ? probing.queue.map(({ name }) => name) : [];
  return {
    status: 'unrecognised',
    evidence: describeAttempts(probing.tried, untried, interrupted),
    conduct: conductOf(probing.tried),
  };
};
