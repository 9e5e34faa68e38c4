import type { Check } from '../../check.ts';
import type { EndpointFacts } from '../../facts.ts';
import { addressNotHere } from './address-not-here.ts';
import { boundNotListening } from './bound-not-listening.ts';
import { connectionsRemain } from './connections-remain.ts';
import { excludedRangeWindows } from './excluded-range-windows.ts';
import { freeNow } from './free-now.ts';
import { inheritedDescriptor } from './inherited-descriptor.ts';
import { otherNamespaceHolds } from './other-namespace-holds.ts';
import { outgoingConnectionHoldsPort } from './outgoing-connection-holds-port.ts';
import { portTaken } from './port-taken.ts';
import { privilegedPort } from './privileged-port.ts';
import { reservedPort } from './reserved-port.ts';
import { sameProgramTwice } from './same-program-twice.ts';
import { systemdSocketHolds } from './systemd-socket-holds.ts';
import { timeWaitRemains } from './time-wait-remains.ts';
import { wildcardOverlap } from './wildcard-overlap.ts';

/**
 * Why a server can't bind. A listener in the way is told by the first check that knows it; then what
 * holds a port without listening, from processes to what the kernel keeps; last what is no reason.
 */
export const bindChecks: readonly Check<EndpointFacts>[] = [
  systemdSocketHolds,
  inheritedDescriptor,
  sameProgramTwice,
  portTaken,
  wildcardOverlap,
  outgoingConnectionHoldsPort,
  boundNotListening,
  connectionsRemain,
  timeWaitRemains,
  privilegedPort,
  addressNotHere,
  excludedRangeWindows,
  reservedPort,
  otherNamespaceHolds,
  freeNow,
];
