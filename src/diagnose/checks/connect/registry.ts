import type { Check } from '../../check.ts';
import type { EndpointFacts } from '../../facts.ts';
import { applicationError } from './application-error.ts';
import { badGateway } from './bad-gateway.ts';
import { certificateExpired } from './certificate-expired.ts';
import { certificateNotYetValid } from './certificate-not-yet-valid.ts';
import { certificateUntrusted } from './certificate-untrusted.ts';
import { certificateWrongName } from './certificate-wrong-name.ts';
import { clientCertificateWanted } from './client-certificate-wanted.ts';
import { closedByServer } from './closed-by-server.ts';
import { hostRefused } from './host-refused.ts';
import { httpToTls } from './http-to-tls.ts';
import { http2Only } from './http2-only.ts';
import { proxyVariables } from './proxy-variables.ts';
import { tlsHandshakeRefused } from './tls-handshake-refused.ts';
import { tlsNotOffered } from './tls-not-offered.ts';
import { tlsToHttp } from './tls-to-http.ts';
import { tlsVersionMismatch } from './tls-version-mismatch.ts';
import { wrongProtocol } from './wrong-protocol.ts';

/** What is wrong on the way of one connection; the most telling first, as it is shown first. */
export const connectChecks: readonly Check<EndpointFacts>[] = [
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
  hostRefused,
  badGateway,
  applicationError,
  proxyVariables,
  closedByServer,
];
