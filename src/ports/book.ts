import { ipBytes } from '../model/ip.ts';
import type { AddressLease, Lease, LeaseBook, LeaseKey, LeaseScope } from '../model/lease.ts';
import { lastPort } from '../model/port.ts';
import { isSameScope } from './scope.ts';

/** A book without a lease. */
export const emptyBook: LeaseBook = { version: 1, leases: [], addresses: [] };

/** What a file's bytes turned out to be. `why`: the end of a sentence that begins with `it`. */
export type BookReading =
  | { readonly kind: 'read'; readonly book: LeaseBook }
  | { readonly kind: 'damaged'; readonly why: string };

/** Reads the bytes of a file of leases; null: there is no file. Strict: what is odd is damaged. */
export const readBook = (bytes: Uint8Array | null): BookReading => {
  if (bytes === null) return { kind: 'read', book: emptyBook };
  if (bytes.length === 0) return damaged('is empty');
  const text = textOf(bytes);
  if (text === null) return damaged('is no UTF-8 text');
  const value = valueOf(text);
  if (value === undefined) return damaged('is no whole JSON document');
  if (!isRecord(value)) return damaged('holds no leases');
  if (value['version'] !== 1) return damaged(versionText(value['version']));
  const { leases, addresses } = value;
  if (!isListOf(leases, isLease)) return damaged('holds a lease that can not be read');
  if (!isListOf(addresses, isAddressLease)) return damaged('holds an address that can not be read');
  return { kind: 'read', book: { version: 1, leases, addresses } };
};

/** The book as the text of its file, leases in a steady order: one a line would be, if printed. */
export const bookText = (book: LeaseBook): string =>
  `${JSON.stringify(
    {
      version: 1,
      leases: [...book.leases].sort(byKey),
      addresses: [...book.addresses].sort(byScope),
    },
    null,
    1,
  )}\n`;

/** The lease for exactly this; null: there is none. */
export const findLease = (book: LeaseBook, key: LeaseKey): Lease | null =>
  book.leases.find((lease) => isSameKey(lease, key)) ?? null;

/** The address of a project's worktree; null: it has none. */
export const findAddress = (book: LeaseBook, scope: LeaseScope): AddressLease | null =>
  book.addresses.find((lease) => isSameScope(lease, scope)) ?? null;

/** The book with this lease in the place of the one for the same. */
export const withLease = (book: LeaseBook, lease: Lease): LeaseBook => ({
  ...book,
  leases: [...book.leases.filter((other) => !isSameKey(other, lease)), lease],
});

/** The book with this address in the place of the one of the same worktree. */
export const withAddress = (book: LeaseBook, lease: AddressLease): LeaseBook => ({
  ...book,
  addresses: [...book.addresses.filter((other) => !isSameScope(other, lease)), lease],
});

/** Whether two are for the same endpoint of the same service. */
export const isSameKey = (a: LeaseKey, b: LeaseKey): boolean =>
  isSameScope(a, b) && a.service === b.service && a.endpoint === b.endpoint;

const damaged = (why: string): BookReading => ({ kind: 'damaged', why });

const versionText = (version: unknown): string =>
  typeof version === 'number' && version > 1
    ? `is of version ${version}, which a newer Homeport wrote`
    : 'tells no version';

const textOf = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

const valueOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isListOf = <T>(value: unknown, isOne: (one: unknown) => one is T): value is readonly T[] =>
  Array.isArray(value) && value.every(isOne);

const isLease = (value: unknown): value is Lease =>
  isRecord(value) &&
  isHeld(value) &&
  isText(value['service']) &&
  isText(value['endpoint']) &&
  (value['address'] === null || isLoopback(value['address'])) &&
  isPort(value['port']);

const isAddressLease = (value: unknown): value is AddressLease =>
  isRecord(value) && isHeld(value) && isLoopback(value['address']);

const isHeld = (value: Fields): boolean =>
  isFolder(value['project']) &&
  isFolder(value['folder']) &&
  isText(value['projectName']) &&
  (value['worktree'] === null || isText(value['worktree'])) &&
  (value['user'] === null || isText(value['user'])) &&
  Number.isInteger(value['uid']) &&
  isText(value['since']) &&
  !Number.isNaN(Date.parse(value['since']));

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isFolder = (value: unknown): boolean => isText(value) && value.startsWith('/');

const isPort = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= lastPort;

const isLoopback = (value: unknown): boolean => {
  const bytes = typeof value === 'string' ? ipBytes(value) : null;
  return bytes !== null && bytes.length === 4 && bytes[0] === 127;
};

const byScope = (a: LeaseScope, b: LeaseScope): number =>
  compare(a.project, b.project) || compare(a.worktree ?? '', b.worktree ?? '');

const byKey = (a: LeaseKey, b: LeaseKey): number =>
  byScope(a, b) || compare(a.service, b.service) || compare(a.endpoint, b.endpoint);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
