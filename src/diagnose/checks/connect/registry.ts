import type { Check } from '../../check.ts';
import type { EndpointFacts } from '../../facts.ts';
import { acceptQueueFull } from './accept-queue-full.ts';
import { addressNotHere } from './address-not-here.ts';
import { answersNow } from './answers-now.ts';
import { applicationError } from './application-error.ts';
import { applicationSilent } from './application-silent.ts';
import { badGateway } from './bad-gateway.ts';
import { blockedByBrowsers } from './blocked-by-browsers.ts';
import { certificateExpired } from './certificate-expired.ts';
import { certificateNotYetValid } from './certificate-not-yet-valid.ts';
import { certificateUntrusted } from './certificate-untrusted.ts';
import { certificateWrongName } from './certificate-wrong-name.ts';
import { clientCertificateWanted } from './client-certificate-wanted.ts';
import { closedByServer } from './closed-by-server.ts';
import { containerNotPublished } from './container-not-published.ts';
import { containerPortSilent } from './container-port-silent.ts';
import { endedLately } from './ended-lately.ts';
import { firewallBlocks } from './firewall-blocks.ts';
import { firewallRedirects } from './firewall-redirects.ts';
import { firewallUnread } from './firewall-unread.ts';
import { hostRefused } from './host-refused.ts';
import { httpToTls } from './http-to-tls.ts';
import { http2Only } from './http2-only.ts';
import { interfaceDown } from './interface-down.ts';
import { ipv6Disabled } from './ipv6-disabled.ts';
import { localhostSubdomainUnresolved } from './localhost-subdomain-unresolved.ts';
import { moreSpecificListener } from './more-specific-listener.ts';
import { movedPort } from './moved-port.ts';
import { namePointsElsewhere } from './name-points-elsewhere.ts';
import { nameUnknown } from './name-unknown.ts';
import { noRoute } from './no-route.ts';
import { notAccepting } from './not-accepting.ts';
import { notListeningYet } from './not-listening-yet.ts';
import { nothingListens } from './nothing-listens.ts';
import { openFileLimit } from './open-file-limit.ts';
import { otherAddress } from './other-address.ts';
import { otherFamily } from './other-family.ts';
import { otherNamespace } from './other-namespace.ts';
import { portZero } from './port-zero.ts';
import { processBlocked } from './process-blocked.ts';
import { processBusy } from './process-busy.ts';
import { processStopped } from './process-stopped.ts';
import { processTraced } from './process-traced.ts';
import { processZombie } from './process-zombie.ts';
import { proxyInFront } from './proxy-in-front.ts';
import { proxyVariables } from './proxy-variables.ts';
import { reuseportStranger } from './reuseport-stranger.ts';
import { selfConnect } from './self-connect.ts';
import { selfConnectHazard } from './self-connect-hazard.ts';
import { splitByFamily } from './split-by-family.ts';
import { targetIsProxy } from './target-is-proxy.ts';
import { tlsHandshakeRefused } from './tls-handshake-refused.ts';
import { tlsNotOffered } from './tls-not-offered.ts';
import { tlsToHttp } from './tls-to-http.ts';
import { tlsVersionMismatch } from './tls-version-mismatch.ts';
import { udpOnly } from './udp-only.ts';
import { unixOnly } from './unix-only.ts';
import { unknownProtocol } from './unknown-protocol.ts';
import { wrongProtocol } from './wrong-protocol.ts';

/**
 * What is wrong on the way of one connection; the most telling first, as it is shown first. In the
 * order of the way, but for two: who answers in the place of another server stands before what that
 * one says wrong, and a process that stands still before the queue that this fills.
 */
export const connectChecks: readonly Check<EndpointFacts>[] = [
  targetIsProxy,
  namePointsElsewhere,
  localhostSubdomainUnresolved,
  nameUnknown,
  interfaceDown,
  noRoute,
  firewallBlocks,
  firewallRedirects,
  ipv6Disabled,
  addressNotHere,
  selfConnect,
  reuseportStranger,
  moreSpecificListener,
  splitByFamily,
  otherFamily,
  otherAddress,
  containerNotPublished,
  otherNamespace,
  unixOnly,
  udpOnly,
  portZero,
  notListeningYet,
  movedPort,
  containerPortSilent,
  endedLately,
  nothingListens,
  selfConnectHazard,
  processZombie,
  processStopped,
  processTraced,
  openFileLimit,
  processBusy,
  processBlocked,
  acceptQueueFull,
  notAccepting,
  httpToTls,
  tlsToHttp,
  tlsNotOffered,
  http2Only,
  clientCertificateWanted,
  tlsVersionMismatch,
  tlsHandshakeRefused,
  certificateExpired,
  certificateNotYetValid,
  certificateWrongName,
  certificateUntrusted,
  wrongProtocol,
  unknownProtocol,
  hostRefused,
  badGateway,
  applicationSilent,
  applicationError,
  proxyVariables,
  closedByServer,
  firewallUnread,
  proxyInFront,
  blockedByBrowsers,
  answersNow,
];
