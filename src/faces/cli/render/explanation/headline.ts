import type { Connection, End } from '../../../../model/connection.ts';
import type { Explanation, Owner } from '../../../../model/explanation.ts';
import { isKnown, isUnknown, knownOr } from '../../../../model/known.ts';
import type { Listener } from '../../../../model/listener.ts';
import { span, type Line, type Span } from '../../text/line.ts';
import { counted } from '../../text/quantity.ts';
import { endProgram } from '../connection-table.ts';
import { endpointText, listenerText } from '../endpoint.ts';
import { containerName } from '../listener-row.ts';
import { exposureSentence, unknownSentence } from '../words.ts';
import { subjectOf } from './subject.ts';

/** The one sentence that answers the question. */
export const headline = (explanation: Explanation): Line => {
  const sentence = sentenceOf(explanation);
  return [...capitalised(sentence, explanation), span('.')];
};

const sentenceOf = (explanation: Explanation): Span[] => {
  const subject = span(subjectOf(explanation.target), 'strong');
  switch (explanation.state) {
    case 'listening':
      return listening(subject, explanation);
    case 'connected':
      return connected(subject, explanation);
    case 'closing':
      return [
        span('nothing listens on '),
        subject,
        span(`; ${leftovers(explanation.connections)}`),
      ];
    case 'free':
      return [span('nothing listens on '), subject];
    case 'unknown':
      return unknownState(subject, explanation);
  }
};

const listening = (subject: Span, explanation: Explanation): Span[] => {
  const { listeners, owner, target } = explanation;
  const programs = new Set(listeners.map(programOf));
  if (programs.size > 1) return several(subject, target.kind, listeners);
  const where =
    target.kind === 'name' || target.kind === 'pid'
      ? [span(`, listening on ${places(listeners)}`)]
      : [];
  const reach =
    explanation.exposure === null
      ? ''
      : `, ${exposureSentence(explanation.exposure.level, listeners)}`;
  return [subject, ...identity(owner, listeners[0]), ...where, span(reach)];
};

const places = (listeners: readonly Listener[]): string => {
  const shown = listeners.slice(0, 3).map(placeOf);
  const more = listeners.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : joined(shown);
};

/** The same address in two network namespaces is two places. */
const placeOf = (listener: Listener): string =>
  listener.namespace === 'this'
    ? listenerText(listener)
    : `${listenerText(listener)} in ${listener.namespace}`;

const several = (
  subject: Span,
  kind: Explanation['target']['kind'],
  listeners: readonly Listener[],
): Span[] => {
  const programs = [...Map.groupBy(listeners, programOf)];
  const named = programs
    .slice(0, 4)
    .map(([program, members]) => `${program} on ${places(members)}`);
  const more = programs.length - named.length;
  const word = kind === 'endpoint' ? 'different programs' : 'programs';
  return [
    subject,
    span(` is ${programs.length} ${word}: ${named.join('; ')}`),
    ...(more > 0 ? [span(`; and ${more} more`)] : []),
  ];
};

/** A program by name, and by pid where one name stands for two. */
const programOf = ({ program, owners, user }: Listener): string => {
  if (isKnown(program)) return `${program.name}${pidNote(owners)}`;
  return user === null ? 'a process that is not visible' : `a process of ${user}`;
};

const pidNote = (owners: Listener['owners']): string => {
  const pid = knownOr(owners, [])[0]?.pid;
  return pid === undefined ? '' : ` (pid ${pid})`;
};

const identity = (owner: Explanation['owner'], listener: Listener | undefined): Span[] => {
  if (owner === null || isUnknown(owner)) return hiddenIdentity(owner, listener);
  const { program, origin } = owner;
  const project = owner.project !== null && isKnown(owner.project) ? owner.project : null;
  const version = program.version === null ? '' : ` ${program.version}`;
  const container = listener?.container ?? null;
  return [
    span(' is '),
    span(`${program.name}${version}`, 'strong'),
    ...(project === null ? [] : [span(' of project '), span(project.name, 'strong')]),
    ...(container === null ? [] : [span(` in container ${containerName(container)}`)]),
    ...(origin.id === 'unknown' ? [] : [span(`, started by ${origin.label}`)]),
  ];
};

const hiddenIdentity = (
  owner: Exclude<Explanation['owner'], Owner>,
  listener: Listener | undefined,
): Span[] => {
  const user = listener?.user ?? null;
  const origin = listener === undefined ? null : knownOr(listener.origin, null);
  const container = listener?.container ?? null;
  return [
    span(` is held by a process that ${unknownSentence[owner?.unknown ?? 'gone']}`),
    ...(user === null ? [] : [span(' and runs as '), span(user, 'strong')]),
    ...(container !== null ? [span(` in container ${containerName(container)}`)] : []),
    ...(origin === null || origin.id === 'unknown' ? [] : [span(`, ${origin.label}`)]),
  ];
};

const connected = (subject: Span, { target, connections, owner }: Explanation): Span[] => {
  const [first] = connections;
  if (target.kind !== 'endpoint' || first === undefined) {
    const name = owner !== null && !isUnknown(owner) ? ` (${owner.program.name})` : '';
    return [
      subject,
      span(`${name} listens on nothing; it has ${counted(connections.length, 'connection')}`),
    ];
  }
  const isClient = first.client.port === target.port && isAt(first.client, target.address);
  const end = isClient ? 'client’s' : 'server’s';
  const others = connections.length - 1;
  return [
    subject,
    span(` is the ${end} end of a connection from `),
    ...endSpans(first.client),
    span(' to '),
    ...endSpans(first.server),
    ...(others > 0 ? [span(`, and of ${counted(others, 'other')}`)] : []),
    span('; nothing listens here'),
  ];
};

const isAt = (end: End, address: string | null): boolean =>
  address === null || end.address === address;

const endSpans = (end: End): Span[] => {
  const place = endpointText(end.address, end.port);
  if (!end.local) return [span(place, 'strong'), span(` (${endProgram(end)})`)];
  if (!isKnown(end.program)) return [span(place, 'strong')];
  const pid = isKnown(end.pid) ? `pid ${end.pid}, ` : '';
  return [span(end.program, 'strong'), span(` (${pid}${place})`)];
};

const leftovers = (connections: readonly Connection[]): string => {
  const count = counted(connections.length, 'old connection');
  return connections.every(({ state }) => state === 'time-wait')
    ? `${count} there ${connections.length === 1 ? 'waits' : 'wait'} in TIME_WAIT, which the kernel ends by itself within a minute`
    : `${count} there ${connections.length === 1 ? 'is' : 'are'} closing`;
};

const unknownState = (subject: Span, { target, owner }: Explanation): Span[] => {
  if (target.kind === 'name') return [span('nothing that listens here is called '), subject];
  if (target.kind !== 'pid')
    return [span('it can’t be told whether anything listens on '), subject];
  if (owner === null || isUnknown(owner)) return [span('no '), subject, span(' can be seen')];
  return [
    subject,
    span(' is '),
    span(owner.program.name, 'strong'),
    span(`; ${hiddenSockets(owner) ?? 'it listens on nothing'}`),
  ];
};

/** A process whose descriptors can't be read may listen on anything. */
const hiddenSockets = ({ process }: Owner): string | null =>
  isUnknown(process.files.open) && process.files.open.unknown === 'denied'
    ? 'what it listens on is not visible to this user'
    : null;

/** The sentence's first letter in upper case, unless it belongs to a name. */
const capitalised = (spans: Span[], { target }: Explanation): Span[] => {
  const [first, ...rest] = spans;
  if (first === undefined) return spans;
  const isName = first.style === 'strong' && (target.kind === 'name' || target.kind === 'unix');
  const isHost = first.style === 'strong' && target.kind === 'endpoint' && target.host !== null;
  if (isName || isHost) return spans;
  return [{ ...first, text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest];
};

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
