import type { FailureClass } from '../model/failure.ts';

/** What a failure class means, as the end of a sentence. */
export const classWords: Readonly<Record<FailureClass, string>> = {
  'connection-refused': 'the connection is refused',
  'address-in-use': 'the address is already in use',
  'permission-denied': 'permission is denied',
  'address-not-available': 'the address is not available',
  timeout: 'nothing answers in time',
  'connection-reset': 'the connection is reset',
  'name-not-resolved': 'the name has no address',
  'tls-mismatch': 'client and server find no common TLS',
  'tls-untrusted': 'the certificate is not believed',
  'http-on-tls-port': 'plain HTTP is sent to a port that speaks TLS',
  'tls-on-http-port': 'TLS is sent to a port that speaks plain HTTP',
  'wrong-protocol': 'client and server speak different protocols',
  unreachable: 'no route leads there',
  'too-many-files': 'a process has no file descriptor left',
  'proxy-error': 'a proxy can not reach what is behind it',
  'application-error': 'whoever answers says that it can not serve',
  'host-not-allowed': 'the server refuses the Host header',
  'broken-pipe': 'the other end has closed the connection',
  'port-in-excluded-range': 'the port is in a range that the system keeps for itself',
  'unsafe-port': 'browsers refuse this port',
  'container-unpublished': 'the container does not publish this port',
  none: 'nothing fails',
};
