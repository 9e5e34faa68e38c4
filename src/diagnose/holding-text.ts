import { knownOr } from '../model/known.ts';
import type { InetListener } from '../model/listener.ts';
import { bindQuestion } from './bind-question.ts';
import { describeListener, listenerEndpoint, listenerEvidence } from './describe-listener.ts';
import { describeProcess } from './describe-process.ts';
import type { EndpointFacts } from './facts.ts';
import { independentHolders } from './holder-processes.ts';
import { momentText } from './moment-text.ts';
import type { Holding } from './port-holding.ts';

/** Where it listens, for a sentence about binding: `127.0.0.1:3000`, `0.0.0.0:53 (UDP)`. */
export const heldEndpoint = (listener: InetListener): string =>
  `${listenerEndpoint(listener)}${listener.transport === 'udp' ? ' (UDP)' : ''}`;

/**
 * Who listens: every program of those that share a port by SO_REUSEPORT, as each keeps it; `verb`
 * goes with how many they are.
 */
export const describeHolders = (
  listener: InetListener,
  facts: EndpointFacts,
): { readonly who: string; readonly verb: 'listens' | 'listen' } => {
  const several = independentHolders(listener, facts.snapshot);
  if (several.length < 2) return { who: describeListener(listener), verb: 'listens' };
  const named = several.slice(0, mostNamed).map(({ pid }) => describeProcess(pid, facts));
  const more = several.length - named.length;
  const names = more > 0 ? [...named, `${more} more`] : named;
  return { who: `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`, verb: 'listen' };
};

const mostNamed = 4;

/** The lines that show listeners in the way: who, since when, why they run, what the trial said. */
export const holdingEvidence = (
  holdings: readonly Holding[],
  facts: EndpointFacts,
): readonly string[] => [
  ...holdings.flatMap(({ listener }) => [
    ...listenerEvidence(listener),
    ...whyItRuns(listener, facts),
    ...sharing(listener),
  ]),
  ...trialEvidence(facts),
];

const whyItRuns = (listener: InetListener, { snapshot }: EndpointFacts): readonly string[] => {
  const origin = knownOr(listener.origin, null);
  const since = knownOr(listener.since, null);
  return [
    ...(since === null ? [] : [`it runs since ${momentText(since, snapshot.takenAt)}`]),
    ...(origin === null || origin.id === 'unknown'
      ? []
      : [
          origin.id === 'orphan'
            ? 'the program that started it has ended, and left it running'
            : `it was started by: ${origin.label}`,
        ]),
    ...(origin?.restarts === true ? ['what started it starts it again when it ends'] : []),
  ];
};

const sharing = ({ sockets }: InetListener): readonly string[] =>
  sockets.length > 1
    ? [
        `${sockets.length} sockets share the port by SO_REUSEPORT: another joins them only as the same user and with the option set before bind`,
      ]
    : [];

/** What the kernel said to a bind that was tried just now. */
export const trialEvidence = (facts: EndpointFacts): readonly string[] => {
  const { trial, text } = bindQuestion(facts);
  if (trial === null) return [];
  const said = (code: string | null): string => (code === null ? 'succeeds' : `fails with ${code}`);
  return trial.reusing === trial.plain
    ? [`binding ${text} ${said(trial.plain)} now`]
    : [`binding ${text} ${said(trial.plain)} now, and with SO_REUSEADDR it ${said(trial.reusing)}`];
};
