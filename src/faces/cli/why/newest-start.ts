import { stripVTControlCharacters } from 'node:util';
import { withoutPrefix } from '../../../diagnose/messages/log-line.ts';
import { readMessage } from '../../../diagnose/messages/read-message.ts';
import type { FailureClass } from '../../../model/failure.ts';

/**
 * At which of the lines of a log its newest failure begins: behind the last one that tells of another.
 * 0 where all that is told is one failure, or none.
 */
export const newestStart = (lines: readonly string[]): number => {
  let newest: Told | null = null;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const told = toldBy(lines[index] ?? '', index);
    if (told === null) continue;
    if (newest === null) newest = told;
    else {
      const start = startBehind(index, newest.index, lines);
      if (start !== null && isAnother(told, newest)) return start;
      newest = joined(told, newest);
    }
  }
  return 0;
};

/** What one line tells. `index` is that of the last line of its failure. */
type Told = {
  readonly index: number;
  readonly class: FailureClass;
  readonly hosts: readonly string[];
  readonly ports: readonly number[];
  readonly isStamped: boolean;
};

const toldBy = (line: string, index: number): Told | null => {
  const text = plain(line);
  const { class: failure, endpoints } = readMessage(text);
  if (failure === 'none') return null;
  return {
    index,
    class: failure,
    hosts: endpoints.flatMap(({ host }) => host ?? []),
    ports: endpoints.flatMap(({ port }) => port ?? []),
    isStamped: stamp.test(text) && isStart(text),
  };
};

const joined = (older: Told, newest: Told): Told => ({
  ...newest,
  hosts: [...older.hosts, ...newest.hosts],
  ports: [...older.ports, ...newest.ports],
});

/** One that names no port may tell more of the same; the addresses of one name have the same port. */
const isAnother = (older: Told, newest: Told): boolean => {
  if (older.ports.length === 0 || newest.ports.length === 0) return false;
  if (!older.ports.some((port) => newest.ports.includes(port))) return true;
  const isSame =
    older.class === newest.class && older.hosts.every((host) => newest.hosts.includes(host));
  return older.isStamped && newest.isStamped && !isSame;
};

/** The first line of the next entry; null where both lines are of the same one. */
const startBehind = (older: number, newest: number, lines: readonly string[]): number | null => {
  for (let index = older + 1; index <= newest; index += 1) {
    if (isStart(plain(lines[index] ?? ''))) return index;
  }
  return null;
};

const plain = (line: string): string => stripVTControlCharacters(line.slice(0, longest));

const longest = 16_384;

/** A line that begins an entry: stacks, causes and fields are set in, or say that they go on. */
const isStart = (line: string): boolean => !goesOn.test(withoutPrefix(line));

const goesOn = /^(?:\s|$|[}\])]|at |Caused by: |\.\.\. \d+ more|During handling of the above )/;

/** What a logger writes before each entry: a date, a time, the brace of JSON. */
const stamp =
  /^[[({"']{0,2}(?:\{|\d{4}[-/]\d\d[-/]\d\d|\d{1,2}:\d{2}:\d{2}|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d)/;
