import { systemdSocket } from '../diagnose/systemd-socket.ts';
import { describeOwner, isHeldBySystemd } from '../explain/describe-owner.ts';
import type { Judgement } from '../explain/judgement.ts';
import { cgroupOf } from '../explain/snapshot-index.ts';
import type { Container } from '../model/container.ts';
import { knownOr } from '../model/known.ts';
import type { InetListener, Listener, OwnerReference } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { HeldBy, SocketUnit } from '../ports/freeing/facts.ts';

/** Every process that holds one of these listeners, described once, with all of them that it holds. */
export const holdersOf = (
  listeners: readonly Listener[],
  judgement: Judgement,
): readonly HeldBy[] => {
  const byPid = new Map<number, HeldBy>();
  for (const listener of listeners) {
    for (const reference of knownOr(listener.owners, [])) {
      const process = judgement.index.process(reference.pid);
      if (process === null) continue;
      const before = byPid.get(process.pid);
      byPid.set(process.pid, {
        ...(before ?? describe(process, reference, listener, judgement)),
        listeners: [...(before?.listeners ?? []), listener],
      });
    }
  }
  return [...byPid.values()];
};

const describe = (
  process: Process,
  { role, evidence }: OwnerReference,
  listener: Listener,
  judgement: Judgement,
): HeldBy => {
  const heldByInit = isHeldBySystemd(listener, judgement);
  const owner = describeOwner(process, evidence, heldByInit, judgement);
  const causes = judgement.origins(process, heldByInit).map(({ at, id, label }) => ({
    pid: owner.chain[at]?.pid ?? process.pid,
    id,
    label,
  }));
  return {
    ...owner,
    role,
    causes,
    listeners: [],
    socketUnit: socketUnitOf(listener, judgement),
    container: judgement.index.container(cgroupOf(process)) ?? publisher(listener, judgement),
  };
};

const socketUnitOf = (listener: Listener, { index }: Judgement): SocketUnit | null => {
  if (listener.transport === 'unix') return null;
  const held = systemdSocket(listener, index.snapshot);
  return held && { name: held.socketUnit, service: held.service, user: held.user };
};

/** The container whose published port a proxy holds. */
const publisher = (listener: Listener, { index }: Judgement): Container | null =>
  listener.transport === 'unix'
    ? null
    : (index.snapshot.containers.find((container) => publishes(container, listener)) ?? null);

const publishes = (container: Container, listener: InetListener): boolean =>
  knownOr(container.published, []).some(
    ({ transport, hostPort }) => transport === listener.transport && hostPort === listener.port,
  );
