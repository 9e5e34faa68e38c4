const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const ages: readonly {
  readonly below: number;
  readonly unit: number;
  readonly letter: string;
  readonly word: string;
}[] = [
  { below: minute, unit: second, letter: 's', word: 'second' },
  { below: hour, unit: minute, letter: 'm', word: 'minute' },
  { below: 2 * day, unit: hour, letter: 'h', word: 'hour' },
  { below: 21 * day, unit: day, letter: 'd', word: 'day' },
  { below: 365 * day, unit: 7 * day, letter: 'w', word: 'week' },
  { below: Number.POSITIVE_INFINITY, unit: 365 * day, letter: 'y', word: 'year' },
];

/** A duration in ms as a table shows it: `12s`, `5m`, `30h`, `9d`, `6w`, `2y`. */
export const shortDuration = (ms: number): string => {
  const { count, letter } = inUnits(ms);
  return `${count}${letter}`;
};

/** A duration in ms as a sentence says it: `1 second`, `30 hours`. */
export const longDuration = (ms: number): string => {
  const { count, word } = inUnits(ms);
  return counted(count, word);
};

/** Bytes in decimal units: `812 B`, `90 kB`, `1.2 MB`. */
export const byteSize = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`;
  const power = Math.min(5, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${'kMGTP'[power - 1]}B`;
};

/** `1 listener`, `3 listeners`. */
export const counted = (count: number, word: string, plural = `${word}s`): string =>
  `${grouped(count)} ${count === 1 ? word : plural}`;

/** `12,345`; Intl would do the same and load its tables for it. */
export const grouped = (count: number): string =>
  count.toString().replace(/\B(?=(?:\d{3})+$)/g, ',');

const inUnits = (ms: number): { count: number; letter: string; word: string } => {
  const span = Math.max(0, ms);
  const age = ages.find(({ below }) => span < below);
  if (age === undefined) return { count: 0, letter: 's', word: 'second' };
  return { count: Math.floor(span / age.unit), letter: age.letter, word: age.word };
};
