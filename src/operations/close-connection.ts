import { pairConnections } from '../explain/connections.ts';
import { judgeProcesses } from '../explain/judgement.ts';
import { select } from '../explain/select.ts';
import { indexSnapshot } from '../explain/snapshot-index.ts';
import type { SocketDestruction } from '../host/host-control.ts';
import { takeSnapshot } from '../host/snapshot.ts';
import type { Connection, End } from '../model/connection.ts';
import { homeportError, invalidInput } from '../model/error.ts';
import { parseConnection } from '../model/parse-connection.ts';
import type { InetSocket } from '../model/socket.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { endpointText } from '../model/target-endpoint.ts';
import type { EndpointTarget } from '../model/target.ts';
import type { CloseConnectionInput } from './close-connection.schema.ts';
import type { LiveContext, OperationContext } from './operation.ts';
import { resolveTarget } from './resolve-target.ts';

/** What would be closed. */
export type ClosePlan = {
  /** Stands for this very connection. */
  readonly id: string;
  readonly connection: Connection;
  /** The sockets of this machine that are closed: both ends where both are here. */
  readonly sockets: readonly { readonly endpoint: string; readonly inode: number }[];
};

/** What `homeport close` answers. `plan` null: there is no such connection. */
export type CloseResult = {
  readonly plan: ClosePlan | null;
  /** null: nothing was done. */
  readonly receipt: {
    readonly closed: boolean;
    readonly sockets: readonly {
      readonly endpoint: string;
      readonly outcome: SocketDestruction;
    }[];
  } | null;
};

/**
 * Ends one TCP connection and leaves both programs running: the kernel closes its sockets as if they
 * had been reset (SOCK_DESTROY, root). Does so only where `confirm` is the plan's id. Rejects with
 * invalid input where several connections are meant; as `refused` where another plan was confirmed; as
 * `not-permitted` without the right, `unsupported` where this kernel can't.
 */
export const closeConnection = async (
  context: OperationContext,
  input: CloseConnectionInput,
): Promise<CloseResult> => {
  const ends = parseConnection(input.connection);
  const snapshot = context.snapshot ?? (await readMachine(context));
  const connection = await findConnection(context, ends, snapshot);
  if (connection === null) return { plan: null, receipt: null };
  const sockets = socketsOf(connection, snapshot);
  const plan = await planOf(connection, sockets);
  if (input.confirm === undefined) return { plan, receipt: null };
  if (input.confirm !== plan.id) {
    throw homeportError('refused', 'it is another connection by now', {
      hint: 'look at the new plan, and confirm that',
    });
  }
  if (context.snapshot !== undefined) {
    throw invalidInput('a snapshot can not be changed', 'leave out --snapshot');
  }
  return { plan, receipt: await destroy(context, sockets) };
};

const readMachine = (context: LiveContext): Promise<Snapshot> =>
  takeSnapshot(
    context.host,
    { states: 'all', unix: false, otherNamespaces: false, holdersOf: 'all' },
    context.signal,
    context.now,
  );

const findConnection = async (
  context: OperationContext,
  [one, other]: readonly [EndpointTarget, EndpointTarget],
  snapshot: Snapshot,
): Promise<Connection | null> => {
  const all = pairConnections(judgeProcesses(indexSnapshot(snapshot)));
  const touchedByOne = await touching(context, one, snapshot, all);
  const both = await touching(context, other, snapshot, touchedByOne);
  const found = both.filter(
    ({ transport, namespace, client, server, state }) =>
      transport === 'tcp' &&
      namespace === 'this' &&
      state !== 'time-wait' &&
      new Set([client.port, server.port, one.port, other.port]).size ===
        new Set([one.port, other.port]).size,
  );
  if (found.length > 1) {
    throw invalidInput(
      `${found.length} connections are meant: ${found.slice(0, 3).map(connectionText).join(', ')}`,
      'give both ends with their addresses',
    );
  }
  return found[0] ?? null;
};

const touching = async (
  context: OperationContext,
  end: EndpointTarget,
  snapshot: Snapshot,
  connections: readonly Connection[],
): Promise<readonly Connection[]> => {
  const { target, addresses } = await resolveTarget(context, end, snapshot);
  return select(target, addresses, [], connections).connections;
};

const connectionText = ({ client, server }: Connection): string =>
  `${endText(client)}->${endText(server)}`;

const endText = ({ address, port }: End): string => endpointText(address, port);

const socketsOf = (
  { client, server }: Connection,
  { sockets }: Snapshot,
): readonly InetSocket[] => {
  const isEnd = (socket: InetSocket, end: End, peer: End): boolean =>
    end.local &&
    (socket.inode === end.inode || end.inode === null) &&
    socket.local.port === end.port &&
    socket.remote.port === peer.port;
  return sockets.filter(
    (socket): socket is InetSocket =>
      socket.transport === 'tcp' &&
      socket.namespace === 'this' &&
      (isEnd(socket, server, client) || isEnd(socket, client, server)),
  );
};

const planOf = async (
  connection: Connection,
  sockets: readonly InetSocket[],
): Promise<ClosePlan> => {
  const { createHash } = await import('node:crypto');
  const ids = sockets.map(({ inode, cookie, local, remote }) => [inode, cookie, local, remote]);
  return {
    id: createHash('sha256').update(JSON.stringify(ids)).digest('hex').slice(0, 16),
    connection,
    sockets: sockets.map(({ local, inode }) => ({
      endpoint: endpointText(local.address, local.port),
      inode,
    })),
  };
};

const destroy = async (
  context: LiveContext,
  sockets: readonly InetSocket[],
): Promise<NonNullable<CloseResult['receipt']>> => {
  const control = await context.host.control();
  const outcomes = sockets.map((socket) => ({
    endpoint: endpointText(socket.local.address, socket.local.port),
    outcome: control.destroySocket(socket),
  }));
  const isClosed = outcomes.some(({ outcome }) => outcome === 'destroyed');
  if (!isClosed && outcomes.some(({ outcome }) => outcome === 'denied')) {
    throw homeportError('not-permitted', 'the kernel closes a connection for root alone', {
      hint: 'sudo homeport close …',
    });
  }
  if (!isClosed && outcomes.some(({ outcome }) => outcome === 'unsupported')) {
    throw homeportError('unsupported', 'this kernel can not close the sockets of others', {
      hint: 'it was built without CONFIG_INET_DIAG_DESTROY',
    });
  }
  const stillOpen = (): boolean => {
    const now = context.host.sockets({ unix: false, states: 'connected', otherNamespaces: false });
    const inodes = new Set(sockets.map(({ inode }) => inode).filter((inode) => inode !== 0));
    return now.sockets.some(
      (one) => one.transport === 'tcp' && one.state === 'established' && inodes.has(one.inode),
    );
  };
  return { closed: isClosed && !stillOpen(), sockets: outcomes };
};
