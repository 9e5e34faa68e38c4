import type { LeaseBook, LeaseHolder } from '../model/lease.ts';
import type { CollectLeasesInput } from './collect-leases.schema.ts';
import { leaseFile, liveContext, lookIntoBook, openBook } from './lease-context.ts';
import { isFolderGone } from './list-leases.ts';
import type { LiveContext, OperationContext } from './operation.ts';
import { type RemovedLeases, without } from './remove-leases.ts';

/**
 * Finds the leases whose folder is gone, and with `apply` removes them. A folder that can't be looked
 * at is not gone.
 */
export const collectLeases = async (
  context: OperationContext,
  input: CollectLeasesInput = {},
): Promise<RemovedLeases> => {
  const live = liveContext(context);
  if (input.apply !== true) {
    const { book, problems } = lookIntoBook(live);
    return { ...goneOf(live, book), removed: false, problems };
  }
  return leaseFile(live).locked(live.signal, (file) => {
    const { book, problems, write } = openBook(live, file);
    const { leases, addresses } = goneOf(live, book);
    if (leases.length + addresses.length > 0) write(without(book, leases, addresses));
    return { leases, addresses, removed: true, problems };
  });
};

const goneOf = (
  context: LiveContext,
  { leases, addresses }: LeaseBook,
): Pick<RemovedLeases, 'leases' | 'addresses'> => {
  const isGone = (lease: LeaseHolder): boolean => isFolderGone(context, lease) === true;
  return { leases: leases.filter(isGone), addresses: addresses.filter(isGone) };
};
