/** An object of a tool's JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** A value as an object; an empty one where it is none. */
export const record = (value: unknown): Json => (isRecord(value) ? value : {});

/** Whether a value is an object, and no list. */
export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as a list; an empty one where it is none. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A value as text; null where it is none. */
export const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A value as a number; null where it is none. */
export const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

/** The first key of an object and what it holds: a statement of nft is `{"drop": null}`. */
export const onlyEntry = (value: unknown): readonly [string, unknown] =>
  Object.entries(record(value))[0] ?? ['', null];

/** JSON of what was not understood, cut to what a person would still read. */
export const shortened = (value: unknown): string => (JSON.stringify(value) ?? '').slice(0, 200);
