import type { FailureEndpoint, FailureMessage, FailureRole } from '../../model/failure.ts';
import { blamedEndpoints } from './blamed.ts';
import { contextEndpoints, onlyEndpoint, withPortNearby } from './context.ts';
import type { EcosystemMessages } from './ecosystem.ts';
import { ecosystems } from './ecosystems/registry.ts';
import { type Hit, hitsOf } from './hits.ts';
import { distinct } from './merge.ts';
import { type MessageLine, type PreparedMessage, prepareMessage, unwrapped } from './prepare.ts';
import { roleOf } from './role.ts';

/**
 * Reads an error message as people paste it, or a piece of a log: what went wrong, which endpoints
 * it blames, which end says so, and in whose words. The line that says most counts, the first of
 * equals; endpoints come from all lines that tell the same failure. Pure; takes any text of any
 * size, never throws: where nothing went wrong the class is `none`.
 */
export const readMessage = (
  text: string,
  plugIns: readonly EcosystemMessages[] = ecosystems,
): FailureMessage => {
  const notes: string[] = [];
  const asWritten = prepareMessage(text);
  const plain = hitsOf(asWritten.lines, plugIns, notes);
  const message = plain.length > 0 ? asWritten : unwrapped(asWritten);
  const hits = message === asWritten ? plain : hitsOf(message.lines, plugIns, notes);
  const told = best(hits);
  return told === null
    ? nothing([...message.notes, ...notes])
    : answer(told, hits, { message, plugIns, notes });
};

type Reading = {
  readonly message: PreparedMessage;
  readonly plugIns: readonly EcosystemMessages[];
  readonly notes: string[];
};

const nothing = (notes: readonly string[]): FailureMessage => ({
  class: 'none',
  endpoints: [],
  role: 'unknown',
  ecosystem: null,
  line: null,
  text: null,
  notes,
});

const best = (hits: readonly Hit[]): Hit | null =>
  hits.find(({ weak }) => !weak) ?? hits[0] ?? null;

const answer = (told: Hit, hits: readonly Hit[], reading: Reading): FailureMessage => {
  const { lines, notes: left } = reading.message;
  const role = roleOf(told, lines);
  const marked = told.ecosystem === null || told.shared ? markedBy(told, reading) : null;
  const ecosystem = marked ?? told.ecosystem;
  const found = endpointsOf(told, hits, lines, role);
  const [only, ...more] = found;
  const lacksPort = only !== undefined && more.length === 0 && only.port === null;
  const endpoints = lacksPort ? [withPortNearby(only, lines, told.index, role)] : found;
  const line = lines[told.index];
  return {
    class: told.class,
    endpoints,
    role,
    ecosystem,
    line: line?.number ?? null,
    text: line?.shown ?? null,
    notes: [...left, ...reading.notes],
  };
};

/**
 * Those that rules or calls name in any line of this failure; else the likeliest of each such line;
 * else those of what went wrong behind it, as behind a proxy's error; else those of the lines
 * around.
 */
const endpointsOf = (
  told: Hit,
  hits: readonly Hit[],
  lines: readonly MessageLine[],
  role: FailureRole,
): readonly FailureEndpoint[] => {
  const same = hits.filter((hit) => hit.class === told.class);
  const named = distinct([told, ...same].flatMap(({ named: ends }) => ends));
  if (named.length > 0) return named;
  for (const group of [same, hits]) {
    const found = group.flatMap(({ index }) => blamedEndpoints(lines[index]?.masked ?? ''));
    if (found.length > 0) return distinct(found);
  }
  const nearby = contextEndpoints(lines, told.index, role);
  return distinct(nearby.length > 0 ? nearby : onlyEndpoint(lines, told.index, role));
};

/** The first ecosystem that shows in the line itself, else in the lines around it. */
const markedBy = (told: Hit, { message, plugIns, notes }: Reading): string | null => {
  const { lines } = message;
  const near = lines.slice(Math.max(0, told.index - 6), told.index + 7);
  for (const texts of [[lines[told.index]?.shown ?? ''], near.map(({ shown }) => shown)]) {
    const found = plugIns.find((plugIn) => isMarked(plugIn, texts, notes));
    if (found !== undefined) return found.id;
  }
  return null;
};

const isMarked = (
  plugIn: EcosystemMessages,
  texts: readonly string[],
  notes: string[],
): boolean => {
  try {
    return plugIn.marks.some((mark) => texts.some((text) => mark.test(text)));
  } catch (thrown) {
    notes.push(failed(plugIn, thrown));
    return false;
  }
};

const failed = ({ id }: EcosystemMessages, thrown: unknown): string =>
  `The messages of ${id} failed and were skipped: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
