import type { NumberRange } from '../../../model/firewall.ts';
import { isRecord, type Json, list, number, onlyEntry, text } from './json.ts';

/** Named sets and maps of a ruleset: `family table name` → their elements. */
export type NftSets = ReadonlyMap<string, readonly unknown[]>;

/** The key of a set in `NftSets`. */
export const setKey = (family: string, table: string, name: string): string =>
  `${family} ${table} ${name}`;

/** Collects what `{"set": …}` and `{"map": …}` objects of a ruleset hold. */
export const readSets = (objects: readonly Json[]): NftSets => {
  const sets = new Map<string, readonly unknown[]>();
  for (const object of objects) {
    const [kind, value] = onlyEntry(object);
    if ((kind === 'set' || kind === 'map') && isRecord(value)) {
      const { family, table, name } = value;
      sets.set(setKey(String(family), String(table), String(name)), list(value['elem']));
    }
  }
  return sets;
};

/** Where a rule stands, and the sets of its ruleset. */
export type NftScope = {
  readonly family: string;
  readonly table: string;
  readonly sets: NftSets;
};

/**
 * The single values of a right side: of a set, of a named one (`@lans`), or the value itself
 * (libnftables-json(5), "Expressions"). null: a set that was not read.
 */
export const elementsOf = (right: unknown, scope: NftScope): readonly unknown[] | null => {
  const name = text(right);
  if (name?.startsWith('@') === true) {
    const named = scope.sets.get(setKey(scope.family, scope.table, name.slice(1)));
    return named?.map(bareElement) ?? null;
  }
  if (Array.isArray(right)) return right.map(bareElement);
  const [kind, value] = onlyEntry(right);
  return kind === 'set' ? list(value).map(bareElement) : [bareElement(right)];
};

/** An element with a comment, counter or timeout stands in `{"elem": {"val": …}}`. */
export const bareElement = (element: unknown): unknown => {
  const [kind, value] = onlyEntry(element);
  return kind === 'elem' && isRecord(value) ? value['val'] : element;
};

/** Numbers, each alone or `{"range": [first, last]}`; null where one is none. */
export const asRanges = (elements: readonly unknown[]): readonly NumberRange[] | null =>
  allOf(elements, (element) => {
    const one = number(element);
    if (one !== null) return { first: one, last: one };
    const [kind, value] = onlyEntry(element);
    const [first, last] = kind === 'range' ? list(value).map(number) : [];
    return first === undefined || last === undefined || first === null || last === null
      ? null
      : { first, last };
  });

/** Words; null where one is something else. */
export const asWords = (elements: readonly unknown[]): readonly string[] | null =>
  allOf(elements, text);

/** Addresses, `{"prefix": …}` and ranges, as `FirewallCondition` writes blocks; null where one is none. */
export const asBlocks = (elements: readonly unknown[]): readonly string[] | null =>
  allOf(elements, (element) => {
    const address = text(element);
    if (address !== null) return address;
    const [kind, value] = onlyEntry(element);
    if (kind === 'prefix' && isRecord(value)) {
      const [start, length] = [text(value['addr']), number(value['len'])];
      return start === null || length === null ? null : `${start}/${length}`;
    }
    const [first, last] = kind === 'range' ? list(value).map(text) : [];
    return typeof first === 'string' && typeof last === 'string' ? `${first}-${last}` : null;
  });

const allOf = <T>(
  elements: readonly unknown[],
  read: (element: unknown) => T | null,
): readonly T[] | null => {
  const values: T[] = [];
  for (const element of elements) {
    const value = read(element);
    if (value === null) return null;
    values.push(value);
  }
  return values;
};
