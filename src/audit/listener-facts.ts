import { unmapped } from '../model/ip.ts';
import { knownOr } from '../model/known.ts';
import type { Listener, ProgramKind } from '../model/listener.ts';
import { isLoopback } from '../model/scope.ts';
import { endpointText as endpointOf } from '../model/target-endpoint.ts';
import type { RuleFacts } from './rule.ts';

/**
 * How far a listener reaches. `machine`: no further than this machine or one of its containers;
 * `network`: the local network; `routed`: wherever its address is routed from.
 */
export type Reach = 'machine' | 'network' | 'routed' | 'unknown';

/** How far a listener reaches, by its exposure; a unix socket stays on the machine. */
export const reachOf = (listener: Listener): Reach => {
  if (listener.transport === 'unix') return 'machine';
  return reaches[listener.exposure.level];
};

/** `0.0.0.0:3000`, `[::]:3000`, a unix socket's path or `@abstract` name. */
export const endpointText = (listener: Listener): string => {
  if (listener.transport === 'unix') return listener.path ?? `@${listener.abstract ?? ''}`;
  return endpointOf(listener.address, listener.port);
};

/** What the program is called; `the program` where it is not known. */
export const programName = (listener: Listener): string =>
  knownOr(listener.program, null)?.name ?? 'the program';

/** What kind of program it is; null where it is not known. */
export const programKind = (listener: Listener): ProgramKind | null =>
  knownOr(listener.program, null)?.kind ?? null;

/** Whether all that is connected now comes from this machine; true where nothing is. */
export const hasOnlyLocalClients = ({ listener, clients }: RuleFacts): boolean => {
  if (listener.transport === 'unix') return true;
  const own = new Set(listener.exposure.reachableVia);
  return clients.every(
    (client) => isLoopback(client) || own.has(endpointOf(unmapped(client), listener.port)),
  );
};

/** The lines that show how far a listener reaches. */
export const reachEvidence = (listener: Listener): string[] => [
  `it listens on ${endpointText(listener)}`,
  ...listener.exposure.reasons,
];

const reaches: Readonly<Record<Listener['exposure']['level'], Reach>> = {
  'this-machine': 'machine',
  'this-container': 'machine',
  'local-network': 'network',
  'anyone-routed': 'routed',
  unknown: 'unknown',
};
