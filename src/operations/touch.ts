import { acceptors } from '../diagnose/acceptors.ts';
import { judgeProcesses } from '../explain/judgement.ts';
import { judgeListeners } from '../explain/listeners.ts';
import { indexSnapshot } from '../explain/snapshot-index.ts';
import { takeSnapshot } from '../host/snapshot.ts';
import { covers } from '../model/covers.ts';
import type { InetListener, Listener } from '../model/listener.ts';
import { reasonNotToConnect } from './ask-protocol.ts';
import type { LiveContext } from './operation.ts';

/**
 * Why whoever listens at any of these addresses must not be connected to, as a sentence: it would end,
 * or resume what it debugs. null where it may be, or where nobody is seen there. Sends nothing.
 */
export const reasonNotToConnectTo = async (
  context: LiveContext,
  addresses: readonly string[],
  port: number,
): Promise<string | null> => {
  const { host, signal, now } = context;
  const query = { unix: false, states: 'listening', otherNamespaces: false } as const;
  const { sockets } = host.sockets({ ...query, localPort: port });
  if (!sockets.some((one) => one.transport === 'tcp' && one.local.port === port)) return null;
  const snapshot = await takeSnapshot(
    host,
    { ...query, localPort: port, holdersOf: 'listening' },
    signal,
    now,
  );
  const isMeant = (listener: Listener): listener is InetListener =>
    listener.transport === 'tcp' &&
    listener.port === port &&
    addresses.some((address) => covers(listener, address));
  const [reason = null] = judgeListeners(judgeProcesses(indexSnapshot(snapshot)))
    .filter(isMeant)
    .flatMap((one) => reasonNotToConnect(one, acceptors(one, { snapshot })[0] ?? null) ?? []);
  return reason;
};
