import type { Silence } from './exchange.ts';
import type { Evidence } from '../model/listener.ts';
import type { Conduct } from '../model/protocol.ts';
import { previewOf } from './wire/bytes.ts';

/** One question that was asked in vain, by its probe's name. */
export type Vain = {
  readonly name: string;
  readonly spokeFirst: boolean;
  readonly silence: Silence;
};

/** What was tried in vain and what came back, one sentence each, for an answer of `unrecognised`. */
export const describeAttempts = (
  tried: readonly Vain[],
  untried: readonly string[],
  interrupted: string | null,
): Evidence => [
  'accepts connections',
  ...tried.filter(({ silence }) => silence.bytes.length > 0).map(describeAnswer),
  ...listed('silent', 'stayed silent to', tried),
  ...listed('closed', 'closed the connection on', tried),
  ...(interrupted === null ? [] : [`a later connection failed: ${interrupted}`]),
  ...(untried.length === 0 ? [] : [`not tried for lack of time: ${untried.join(', ')}`]),
];

/** The same in one word: any answer counts most, then a connection that was closed. */
export const conductOf = (tried: readonly Vain[]): Conduct => {
  if (tried.some(({ silence }) => silence.bytes.length > 0)) return 'answered';
  const closed = tried.filter(({ silence }) => silence.how === 'closed');
  if (closed.some(({ spokeFirst }) => spokeFirst)) return 'closed-at-once';
  return closed.length > 0 ? 'closed' : 'silent';
};

const describeAnswer = ({ name, spokeFirst, silence }: Vain): string =>
  spokeFirst
    ? `spoke first: ${previewOf(silence.bytes)}`
    : `answered ${name} with ${previewOf(silence.bytes)}`;

const listed = (how: Silence['how'], verb: string, tried: readonly Vain[]): Evidence => {
  const quiet = tried.filter(({ silence }) => silence.bytes.length === 0 && silence.how === how);
  const names = quiet.filter(({ spokeFirst }) => !spokeFirst).map(({ name }) => name);
  const first = quiet.some(({ spokeFirst }) => spokeFirst) ? [beforeHello[how]] : [];
  return [...first, ...(names.length === 0 ? [] : [`${verb} ${names.join(', ')}`])];
};

const beforeHello: Readonly<Record<Silence['how'], string>> = {
  silent: 'does not speak first',
  closed: 'closes a connection at once, before anything was sent',
  'not-understood': 'does not speak first',
};
