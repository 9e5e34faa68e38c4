/**
 * What a value read from a file has to be. Answers null where it is, or what is wrong in a few words
 * after the place: `.pid is no number`.
 */
export type Shape = (value: unknown) => string | null;

const all =
  (kind: string, holds: (value: unknown) => boolean): Shape =>
  (value) =>
    holds(value) ? null : ` is no ${kind}`;

/** Any text, the empty one too. */
export const text: Shape = all('text', (value) => typeof value === 'string');
/** A boolean. */
export const flag: Shape = all('true or false', (value) => typeof value === 'boolean');
/** A finite number. */
export const number: Shape = all('number', (value) => isNumber(value));
/** A finite number that is not negative. */
export const count: Shape = all('number from 0', (value) => Number(value) >= 0 && isNumber(value));

/** ISO 8601, or anything else that `Date.parse` reads. */
export const date: Shape = all(
  'date',
  (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
);

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

/** One of these words. */
export const oneOf = (...words: readonly string[]): Shape =>
  all(`known word (${words.join(', ')})`, (value) => words.some((word) => word === value));

/** The shape, or null. */
export const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null ? null : shape(value);

/** The shape, or nothing at all. */
export const optional =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined ? null : shape(value);

/** An object with at least these fields. */
export const object =
  (fields: Readonly<Record<string, Shape>>): Shape =>
  (value) => {
    if (!isRecord(value)) return ' is no object';
    for (const [name, shape] of Object.entries(fields)) {
      const wrong = shape(value[name]);
      if (wrong !== null) return `.${name}${wrong}`;
    }
    return null;
  };

/** A list whose every item has the shape. */
export const listOf =
  (shape: Shape): Shape =>
  (value) => {
    if (!Array.isArray(value)) return ' is no list';
    for (const [at, item] of value.entries()) {
      const wrong = shape(item);
      if (wrong !== null) return `[${at}]${wrong}`;
    }
    return null;
  };

/** An object whose every value has the shape, under whatever name. */
export const recordOf =
  (shape: Shape): Shape =>
  (value) => {
    if (!isRecord(value)) return ' is no object';
    for (const [name, item] of Object.entries(value)) {
      const wrong = shape(item);
      if (wrong !== null) return `[${JSON.stringify(name)}]${wrong}`;
    }
    return null;
  };

/** Whether something is an object and no list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
