import type { FailureClass } from '../model/failure.ts';

/** What a client, or a proxy for it, meets where nobody listens. */
export const refusals: readonly FailureClass[] = ['connection-refused', 'proxy-error'];

/** What it meets where a connection is made and nobody takes it up. */
export const silences: readonly FailureClass[] = ['timeout', 'proxy-error'];

/** What it meets where another machine, or none, is asked. */
export const detours: readonly FailureClass[] = [
  'connection-refused',
  'timeout',
  'unreachable',
  'address-not-available',
  'connection-reset',
  'proxy-error',
];

/** What it meets where another server answers than the one that is meant. */
export const mistakenServers: readonly FailureClass[] = [
  'wrong-protocol',
  'http-on-tls-port',
  'tls-on-http-port',
  'tls-mismatch',
  'tls-untrusted',
  'host-not-allowed',
  'connection-reset',
  'broken-pipe',
  'proxy-error',
];
