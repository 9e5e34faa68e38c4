import { isKnown, type Known } from '../model/known.ts';
import type { AddressLease, Lease, LeaseHolder, PortUse } from '../model/lease.ts';
import type { Problem } from '../model/problem.ts';
import { leaseFile, liveContext, lookIntoBook } from './lease-context.ts';
import type { LiveContext, OperationContext } from './operation.ts';
import { portUses } from './port-use.ts';

/** A lease as it stands now. `folderGone`: whether the folder that it was made for is no more. */
export type ListedLease = Lease & { readonly folderGone: Known<boolean>; readonly use: PortUse };

/** What `homeport port ls` answers. */
export type LeaseList = {
  /** The file that they are kept in. */
  readonly path: string;
  readonly leases: readonly ListedLease[];
  readonly addresses: readonly (AddressLease & { readonly folderGone: Known<boolean> })[];
  readonly problems: readonly Problem[];
};

/** Lists the user's leases of all projects, each with who has its port now. Passive. */
export const listLeases = async (context: OperationContext): Promise<LeaseList> => {
  const live = liveContext(context);
  const { path } = leaseFile(live);
  const { book, problems } = lookIntoBook(live);
  if (book.leases.length + book.addresses.length === 0) {
    return { path, leases: [], addresses: [], problems };
  }
  const useOf = await portUses(live);
  return {
    path,
    leases: book.leases.map((lease) => ({
      ...lease,
      folderGone: isFolderGone(live, lease),
      use: useOf(lease),
    })),
    addresses: book.addresses.map((lease) => ({
      ...lease,
      folderGone: isFolderGone(live, lease),
    })),
    problems,
  };
};

/** Whether a lease's folder is no more; unknown where it can't be looked at. */
export const isFolderGone = (
  { host }: LiveContext,
  { folder }: Pick<LeaseHolder, 'folder'>,
): Known<boolean> => {
  const found = host.realFolder(folder);
  if (isKnown(found)) return false;
  return found.unknown === 'gone' ? true : found;
};
