import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { acceptQueuesFull } from './accept-queues-full.ts';
import { askerFileLimit } from './asker-file-limit.ts';
import { bindv6only } from './bindv6only.ts';
import { conntrackReserve } from './conntrack-reserve.ts';
import { conntrackRoom } from './conntrack-room.ts';
import { ephemeralPortsRoom } from './ephemeral-ports-room.ts';
import { ephemeralRangeAndServers } from './ephemeral-range-and-servers.ts';
import { extraCaCerts } from './extra-ca-certs.ts';
import { fileWatchesRoom } from './file-watches-room.ts';
import { firewallPassesLoopback } from './firewall-passes-loopback.ts';
import { hostsFileElsewhere } from './hosts-file-elsewhere.ts';
import { hostsFileLocalhost } from './hosts-file-localhost.ts';
import { hostsFileLocalhostIPv6 } from './hosts-file-localhost-ipv6.ts';
import { ipv4LoopbackAddress } from './ipv4-loopback-address.ts';
import { ipv6Enabled } from './ipv6-enabled.ts';
import { ipv6LoopbackAddress } from './ipv6-loopback-address.ts';
import { listenQueueLimit } from './listen-queue-limit.ts';
import { localhostResolvesHere } from './localhost-resolves-here.ts';
import { loopbackRoute } from './loopback-route.ts';
import { loopbackTrip } from './loopback-trip.ts';
import { loopbackUp } from './loopback-up.ts';
import { nonlocalBind } from './nonlocal-bind.ts';
import { openFilesRoom } from './open-files-room.ts';
import { processesAtFileLimit } from './processes-at-file-limit.ts';
import { processesStopped } from './processes-stopped.ts';
import { proxiesExemptLocalhost } from './proxies-exempt-localhost.ts';
import { resolverSources } from './resolver-sources.ts';
import { timeWaitFlood } from './time-wait-flood.ts';
import { unprivilegedPorts } from './unprivileged-ports.ts';

/**
 * In the order in which a person would look, and a cause before what it causes: the interface, its
 * addresses, names, routes, what the kernel keeps of connections, a connection of our own, servers,
 * limits of processes, the environment.
 */
export const machineChecks: readonly Check<MachineFacts>[] = [
  loopbackUp,
  ipv4LoopbackAddress,
  ipv6LoopbackAddress,
  ipv6Enabled,
  hostsFileLocalhost,
  hostsFileLocalhostIPv6,
  hostsFileElsewhere,
  resolverSources,
  localhostResolvesHere,
  loopbackRoute,
  firewallPassesLoopback,
  conntrackRoom,
  conntrackReserve,
  ephemeralPortsRoom,
  timeWaitFlood,
  loopbackTrip,
  nonlocalBind,
  bindv6only,
  unprivilegedPorts,
  ephemeralRangeAndServers,
  listenQueueLimit,
  acceptQueuesFull,
  processesStopped,
  openFilesRoom,
  fileWatchesRoom,
  processesAtFileLimit,
  askerFileLimit,
  proxiesExemptLocalhost,
  extraCaCerts,
];
