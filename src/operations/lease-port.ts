import type { Lease, LeaseBook, LeaseKey, PortNote, PortUse } from '../model/lease.ts';
import type { Problem } from '../model/problem.ts';
import { findLease, withAddress, withLease } from '../ports/book.ts';
import { leaseEnvironment, leaseHost, leaseUrl } from '../ports/lease-environment.ts';
import { noProjectNote, portNotes } from '../ports/port-notes.ts';
import { checkPortNumber } from '../ports/refuse-port.ts';
import type { ProjectScope } from '../ports/scope.ts';
import { checkName, mainEndpoint } from '../ports/service-name.ts';
import { chooseAddress } from './choose-address.ts';
import { choosePort } from './choose-port.ts';
import { leaseFile, liveContext, lookIntoBook, openBook, projectScope } from './lease-context.ts';
import type { LeasePortInput } from './lease-port.schema.ts';
import type { LiveContext, OperationContext } from './operation.ts';
import { portUse } from './port-use.ts';

/** What `homeport port NAME` answers. */
export type LeasedPort = {
  readonly lease: Lease;
  /** Whether the lease was there, was made, or was moved to another port or address. */
  readonly outcome: 'kept' | 'made' | 'moved';
  /** Where programs of this machine find it. */
  readonly host: string;
  readonly url: string;
  /** What to put into the environment of who serves or calls it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly use: PortUse;
  readonly notes: readonly PortNote[];
  readonly problems: readonly Problem[];
};

/**
 * Leases a port for one endpoint of a project's service: the same port whenever it is asked for, in
 * this worktree, by any number of processes at once. A new one is free on every address, and outside
 * of what this kernel hands out. Throws invalid input for names and numbers that can't be right, and
 * `refused` for a preferred port that can't be had, with another one as the hint.
 */
export const leasePort = async (
  context: OperationContext,
  input: LeasePortInput,
): Promise<LeasedPort> => {
  const live = liveContext(context);
  if (input.prefer !== undefined) checkPortNumber(input.prefer);
  const service = checkName('service', input.service);
  const endpoint = checkName('endpoint', input.endpoint ?? mainEndpoint);
  const scope = projectScope(live, input.directory);
  const request = { input, scope, key: { ...keyOf(scope), service, endpoint } };
  const granted = keptWithoutLock(live, request) ?? (await grantLocked(live, request));
  return describe(live, scope, granted);
};

type Request = {
  readonly input: LeasePortInput;
  readonly scope: ProjectScope;
  readonly key: LeaseKey;
};

type Granted = Pick<LeasedPort, 'lease' | 'outcome' | 'problems'>;

const keyOf = ({ project, worktree }: ProjectScope) => ({ project, worktree });

/** The file is replaced as a whole, so that what is read is true whoever writes at this moment. */
const keptWithoutLock = (context: LiveContext, { input, key }: Request): Granted | null => {
  const { book, problems } = lookIntoBook(context);
  const lease = findLease(book, key);
  return lease !== null && satisfies(lease, input) ? { lease, outcome: 'kept', problems } : null;
};

const satisfies = (lease: Lease, { prefer, ownAddress }: LeasePortInput): boolean =>
  (prefer === undefined || lease.port === prefer) &&
  (ownAddress !== true || lease.address !== null);

const grantLocked = (context: LiveContext, request: Request): Promise<Granted> =>
  leaseFile(context).locked(context.signal, async (file) => {
    const { book, write } = openBook(context, file);
    const before = findLease(book, request.key);
    if (before !== null && satisfies(before, request.input)) {
      return { lease: before, outcome: 'kept', problems: [] };
    }
    const { lease, changed } = await grant(context, request, book);
    return { lease, outcome: before === null ? 'made' : 'moved', problems: write(changed) };
  });

const grant = async (
  context: LiveContext,
  { input, scope, key }: Request,
  book: LeaseBook,
): Promise<{ readonly lease: Lease; readonly changed: LeaseBook }> => {
  const before = findLease(book, key);
  const holder = holderOf(context, scope);
  const own = input.ownAddress === true ? chooseAddress(context, scope, holder, book) : null;
  const address = own?.address ?? before?.address ?? null;
  const wanted = { key, folder: scope.folder, address, prefer: input.prefer ?? null };
  const port = await choosePort(context, wanted, book);
  const lease: Lease = { ...key, ...holder, address, port };
  return { lease, changed: withLease(own === null ? book : withAddress(book, own), lease) };
};

const holderOf = ({ host, now }: LiveContext, { projectName, folder }: ProjectScope) => {
  const { uid } = host.machine();
  const since = new Date(now()).toISOString();
  return { projectName, folder, uid, user: host.userName(uid), since };
};

const describe = async (
  context: LiveContext,
  scope: ProjectScope,
  { lease, outcome, problems }: Granted,
): Promise<LeasedPort> => {
  const use = await portUse(context, lease);
  return {
    lease,
    outcome,
    host: leaseHost(lease),
    url: leaseUrl(lease),
    environment: leaseEnvironment(lease),
    use,
    notes: [
      ...portNotes(lease, context.host.machine(), use),
      ...(scope.found ? [] : [noProjectNote(scope.folder)]),
    ],
    problems,
  };
};
