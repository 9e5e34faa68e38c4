import type { DialAttempt } from '../model/diagnosis.ts';
import { endpointText } from '../model/target-endpoint.ts';

/** How one attempt to connect ended: `127.0.0.1:3000 refuses (ECONNREFUSED)`. */
export const dialText = ({ address, port, outcome, code }: DialAttempt): string =>
  `${endpointText(address, port)} ${words[outcome]}${code === null ? '' : ` (${code})`}`;

const words: Readonly<Record<DialAttempt['outcome'], string>> = {
  connected: 'connects',
  refused: 'refuses',
  'timed-out': 'does not answer',
  reset: 'resets the connection',
  'no-route': 'has no route',
  'address-not-available': 'can not be reached from this machine',
  denied: 'is forbidden to this user',
  'met-itself': 'was answered by the very socket that asked: TCP met itself',
  failed: 'fails',
};
