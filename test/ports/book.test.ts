import { describe, expect, it } from 'vitest';
import type { AddressLease, Lease, LeaseBook } from '../../src/model/lease.ts';
import {
  bookText,
  emptyBook,
  findAddress,
  findLease,
  readBook,
  withAddress,
  withLease,
} from '../../src/ports/book.ts';

const lease: Lease = {
  project: '/home/ann/shop',
  worktree: null,
  service: 'web',
  endpoint: 'main',
  projectName: 'shop',
  folder: '/home/ann/shop',
  uid: 1000,
  user: 'ann',
  since: '2026-11-21T10:00:00.000Z',
  address: null,
  port: 20_001,
};

const address: AddressLease = {
  project: lease.project,
  worktree: null,
  projectName: 'shop',
  folder: lease.folder,
  uid: 1000,
  user: null,
  since: lease.since,
  address: '127.77.3.1',
};

const book: LeaseBook = withAddress(withLease(emptyBook, lease), address);
const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('the file of leases', () => {
  it('is read as it was written', () => {
    expect(readBook(bytes(bookText(book)))).toEqual({ kind: 'read', book });
    expect(readBook(null)).toEqual({ kind: 'read', book: emptyBook });
  });

  it('is the same text whatever the order of the leases', () => {
    const api = { ...lease, service: 'api', port: 20_002 };
    expect(bookText(withLease(book, api))).toBe(
      bookText({ ...book, leases: [api, lease].toReversed() }),
    );
  });

  it('may have been written with fields that we do not know', () => {
    const text = JSON.stringify({ ...book, later: 1 });
    expect(readBook(bytes(text))).toMatchObject({ kind: 'read', book });
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['of no length', bytes(''), /empty/],
    ['cut short', bytes(bookText(book).slice(0, -20)), /no whole JSON/],
    ['of zeros', new Uint8Array(4_096), /no whole JSON/],
    ['binary', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe), /no UTF-8/],
    ['with one byte that went bad', corrupted(), /no UTF-8/],
    ['a list', bytes('[]'), /no leases/],
    ['null', bytes('null'), /no leases/],
    ['of a newer version', bytes(JSON.stringify({ ...book, version: 2 })), /newer Homeport/],
    ['of no version', bytes('{"leases":[],"addresses":[]}'), /no version/],
    ['without addresses', bytes('{"version":1,"leases":[]}'), /address/],
    ['with a lease of port 0', changed({ port: 0 }), /lease/],
    ['with a lease of port 1.5', changed({ port: 1.5 }), /lease/],
    ['with a lease on another machine’s address', changed({ address: '10.0.0.1' }), /lease/],
    ['with a lease of no folder', changed({ folder: 'shop' }), /lease/],
    ['with a lease of no time', changed({ since: 'soon' }), /lease/],
  ])('is told to be damaged where it is %s', (_, content, why) => {
    expect(readBook(content)).toEqual({ kind: 'damaged', why: expect.stringMatching(why) });
  });

  it('is never read wrong, whatever byte is missing at its end', () => {
    const whole = bytes(bookText(book));
    for (let length = 0; length < whole.length - 1; length += 1) {
      expect(readBook(whole.subarray(0, length)).kind).toBe('damaged');
    }
  });
});

describe('a book', () => {
  it('has one lease for one thing', () => {
    const moved = withLease(book, { ...lease, port: 20_009 });
    expect(moved.leases).toHaveLength(1);
    expect(findLease(moved, lease)?.port).toBe(20_009);
  });

  it.each<Partial<Lease>>([
    { project: '/home/ann/other' },
    { worktree: 'fix' },
    { service: 'api' },
    { endpoint: 'debug' },
  ])('takes %j for another one', (other) => {
    expect(findLease(book, { ...lease, ...other })).toBeNull();
    expect(withLease(book, { ...lease, ...other }).leases).toHaveLength(2);
  });

  it('has one address for a worktree', () => {
    expect(findAddress(book, lease)?.address).toBe('127.77.3.1');
    expect(findAddress(book, { ...lease, worktree: 'fix' })).toBeNull();
    expect(withAddress(book, { ...address, address: '127.78.0.1' }).addresses).toHaveLength(1);
  });
});

function changed(fields: Readonly<Record<string, unknown>>): Uint8Array {
  return bytes(JSON.stringify({ ...book, leases: [{ ...lease, ...fields }] }));
}

function corrupted(): Uint8Array {
  const content = Buffer.from(bookText(book));
  content[content.indexOf('shop')] = 0xff;
  return content;
}
