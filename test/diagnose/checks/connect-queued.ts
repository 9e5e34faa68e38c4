import type { EndpointFacts } from '../../../src/diagnose/facts.ts';
import type { Known } from '../../../src/model/known.ts';
import type { Process } from '../../../src/model/process.ts';
import { endpointFacts, type Told } from '../../support/diagnosis-facts.ts';
import { told as toldBy } from './connect-outcome.ts';
import { attempt, listening, running } from './connect-scene.ts';

/** The port of the server. */
export const port = 3000;
/** It as a target. */
export const asked = `127.0.0.1:${port}`;

/** A server with so many connections in its queue. */
export const queued = (
  length: number,
  process: Partial<Process> = {},
  { limit = 5, ...told }: Told & { readonly limit?: Known<number> } = {},
): EndpointFacts =>
  endpointFacts(asked, {
    sockets: [
      listening(10, '127.0.0.1', port, { acceptQueue: { length, limit } }),
      ...(told.sockets ?? []),
    ],
    holders: { 10: [101] },
    processes: [running(101, ['/srv/shop/api'], '/srv/shop', { comm: 'api', ...process })],
    network: told.network ?? {},
    asker: told.asker ?? {},
    facts: { ...toldBy('timeout'), ...told.facts },
  });

/** Homeport connected, and the connection was still in the queue when it looked again. */
export const unaccepted: Partial<EndpointFacts> = {
  symptom: { class: 'timeout', role: 'client', from: 'attempt' },
  attempts: [attempt('127.0.0.1', port, 'connected')],
  protocol: { value: { status: 'unrecognised', evidence: [] }, durationMs: 1 },
};
