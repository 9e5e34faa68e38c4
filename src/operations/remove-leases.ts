import { homeportError, invalidInput } from '../model/error.ts';
import type { AddressLease, Lease, LeaseBook, LeaseScope } from '../model/lease.ts';
import { nearest } from '../model/nearest.ts';
import type { Problem } from '../model/problem.ts';
import { isSameScope } from '../ports/scope.ts';
import { leaseFile, liveContext, openBook, projectScope } from './lease-context.ts';
import type { OperationContext } from './operation.ts';
import type { RemoveLeasesInput } from './remove-leases.schema.ts';

/** What `homeport port rm` and `gc` answer: the leases that are no more, or would be. */
export type RemovedLeases = {
  readonly leases: readonly Lease[];
  readonly addresses: readonly AddressLease[];
  /** Whether they were removed; false: that is the plan. */
  readonly removed: boolean;
  readonly problems: readonly Problem[];
};

/**
 * Removes leases; no process is touched. Throws invalid input, and removes none, where one of them is
 * not there; `refused` where the file of leases can't be read.
 */
export const removeLeases = async (
  context: OperationContext,
  input: RemoveLeasesInput,
): Promise<RemovedLeases> => {
  const live = liveContext(context);
  const scope = projectScope(live, input.directory);
  return leaseFile(live).locked(live.signal, (file) => {
    const { book, problems, write } = openBook(live, file);
    const [damaged] = problems;
    if (damaged !== undefined) throw homeportError('refused', damaged.detail.replace(/\.$/, ''));
    const named = input.which.map((word) => namedBy(word, book, scope, input.endpoint));
    const leases = book.leases.filter((lease) => named.some((one) => one.leases.includes(lease)));
    const addresses = book.addresses.filter((one) =>
      named.some((other) => other.addresses.includes(one)),
    );
    return { leases, addresses, removed: true, problems: write(without(book, leases, addresses)) };
  });
};

/** The book without these leases and addresses. */
export const without = (
  book: LeaseBook,
  leases: readonly Lease[],
  addresses: readonly AddressLease[],
): LeaseBook => ({
  ...book,
  leases: book.leases.filter((lease) => !leases.includes(lease)),
  addresses: book.addresses.filter((lease) => !addresses.includes(lease)),
});

type Named = Pick<RemovedLeases, 'leases' | 'addresses'>;

/** An address takes along the leases that are on it. */
const namedBy = (
  word: string,
  book: LeaseBook,
  scope: LeaseScope,
  endpoint: string | undefined,
): Named => {
  const addresses = book.addresses.filter(({ address }) => address === word);
  const leases = book.leases.filter((lease) =>
    addresses.length > 0
      ? lease.address === word
      : /^\d+$/.test(word)
        ? lease.port === Number(word)
        : isSameScope(lease, scope) &&
          lease.service === word &&
          (endpoint === undefined || lease.endpoint === endpoint),
  );
  if (leases.length + addresses.length > 0) return { leases, addresses };
  throw notLeased(word, book, scope);
};

const notLeased = (word: string, book: LeaseBook, scope: LeaseScope): Error => {
  const own = book.leases.filter((lease) => isSameScope(lease, scope));
  const meant = nearest(
    word,
    own.map(({ service }) => service),
  );
  return invalidInput(
    `${word} has no lease${/^[\d.]+$/.test(word) ? '' : ' in this project'}`,
    meant === null ? 'homeport port ls shows all leases' : `did you mean ${meant}?`,
  );
};
