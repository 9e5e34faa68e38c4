import type { Listener } from '../model/listener.ts';

/** A listener's identity across two looks: namespace, transport and address; not who holds it. */
export const listenerKey = (listener: Listener): string =>
  listener.transport === 'unix'
    ? `${listener.namespace} unix ${listener.path ?? `@${listener.abstract ?? ''}`}`
    : `${listener.namespace} ${listener.transport} ${listener.address} ${listener.port} ${listener.interface ?? ''}`;
