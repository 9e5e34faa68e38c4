import type { Unknown } from '../model/known.ts';
import { isKnown, isUnknown, knownOr } from '../model/known.ts';
import type { Listener, OwnerReference } from '../model/listener.ts';
import { shellCommand } from '../model/shell-quote.ts';
import { endpointText } from '../model/target-endpoint.ts';

/**
 * Who listens, in a few words that can stand in any sentence: `Vite (pid 4242, project shop)`,
 * `nginx (container shop-web-1)`, `a program of ann that may not be seen`.
 */
export const describeListener = (listener: Listener): string => {
  const owner = ownerOf(listener);
  const marks = [
    owner === null ? null : `pid ${owner.pid}`,
    containerMark(listener),
    projectMark(listener),
  ].filter((mark) => mark !== null);
  const name = programName(listener) ?? owner?.name ?? unseen(listener);
  return marks.length === 0 ? name : `${name} (${marks.join(', ')})`;
};

/** Who listens and where: `Vite (pid 4242, project shop) on 127.0.0.1:5173`. */
export const describeListenerAt = (listener: Listener): string =>
  `${describeListener(listener)} on ${listenerEndpoint(listener)}`;

/** Where it listens: `127.0.0.1:5173`, `[::]:5173`, a unix socket's path or `@abstract` name. */
export const listenerEndpoint = (listener: Listener): string =>
  listener.transport === 'unix'
    ? (listener.path ?? `@${listener.abstract ?? ''}`)
    : endpointText(listener.address, listener.port);

/** The process that accepts, as far as that is known, else the first that holds the socket; null: nobody seen. */
export const ownerOf = (listener: Listener): OwnerReference | null =>
  knownOr(listener.owners, [])[0] ?? null;

/** What the program is called; null where it is not known. */
export const programName = (listener: Listener): string | null =>
  knownOr(listener.program, null)?.name ?? null;

/** The name of the project that it belongs to; null where there is none, or it is not known. */
export const projectName = (listener: Listener): string | null =>
  listener.project === null ? null : (knownOr(listener.project, null)?.name ?? null);

/** The lines by which a person can check who listens there. */
export const listenerEvidence = (listener: Listener): readonly string[] => [
  `${describeListenerAt(listener)} listens (${listener.transport}${bindingOf(listener)})`,
  ...(listener.namespace === 'this' ? [] : [`in the network namespace ${listener.namespace}`]),
  ...(isUnknown(listener.owners) ? [`its process could not be read: ${why(listener.owners)}`] : []),
];

/** The command that shows all that is known of a listener. */
export const explainCommand = (listener: Listener): string => {
  const owner = ownerOf(listener);
  if (owner !== null) return shellCommand('homeport', 'explain', `pid:${owner.pid}`);
  return listener.transport === 'unix'
    ? shellCommand('homeport', 'ls', 'unix')
    : shellCommand('homeport', 'explain', listenerEndpoint(listener));
};

const containerMark = ({ container }: Listener): string | null => {
  if (container === null) return null;
  return `container ${knownOr(container.name, container.id.slice(0, 12))}`;
};

const projectMark = (listener: Listener): string | null => {
  const name = projectName(listener);
  return name === null ? null : `project ${name}`;
};

const unseen = ({ owners, user, container }: Listener): string => {
  if (container !== null) return 'a program';
  const of = user === null ? '' : ` of ${user}`;
  return isKnown(owners) || owners.unknown === 'denied'
    ? `a program${of} that may not be seen`
    : `a program${of} that could not be read`;
};

const bindingOf = (listener: Listener): string => {
  if (listener.transport === 'unix') return '';
  const stack = listener.address !== '::' ? '' : stacks[String(knownOr(listener.v6only, null))];
  const device = listener.interface === null ? '' : `, on ${listener.interface} only`;
  return `${stack ?? ''}${device}`;
};

/** By IPV6_V6ONLY of the wildcard (ipv6(7)). */
const stacks: Readonly<Record<string, string>> = {
  true: ', IPv6 only',
  false: ', IPv6 and IPv4',
};

const why = ({ unknown, why: sentence }: Unknown): string => sentence ?? unknown;
