import { knownOr } from '../../model/known.ts';
import type { Listener } from '../../model/listener.ts';
import { endpointText } from '../../model/target-endpoint.ts';

/** A listener as a target is written: `127.0.0.1:3000`, `udp://[::]:53`, `unix:/run/x.sock`. */
export const listenerText = (listener: Listener): string => {
  if (listener.transport === 'unix') {
    return listener.path === null ? `unix:@${listener.abstract ?? ''}` : `unix:${listener.path}`;
  }
  const text = endpointText(listener.address, listener.port);
  return listener.transport === 'udp' ? `udp://${text}` : text;
};

/** The named endpoints that a process holds: unix sockets are left out, few of them are services. */
export const endpointsOf = (pid: number, listeners: readonly Listener[]): readonly string[] => [
  ...new Set(listeners.filter((listener) => isServedBy(pid, listener)).map(listenerText)),
];

const isServedBy = (pid: number, listener: Listener): boolean =>
  listener.transport === 'tcp' && knownOr(listener.owners, []).some((owner) => owner.pid === pid);
