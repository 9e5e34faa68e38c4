import { bindChecks } from '../../src/diagnose/checks/bind/registry.ts';
import type { Cause, Diagnosis } from '../../src/model/diagnosis.ts';
import { askWhy } from './why-facts.ts';

/** What Node writes. */
export const node = (
  endpoint: string,
  code = 'EADDRINUSE',
  words = 'address already in use',
): string => `Error: listen ${code}: ${words} ${endpoint}`;
/** Words that do not tell whose they are: nothing is known of that server's socket options. */
export const anybody = (endpoint: string): string => `bind ${endpoint}: Address already in use`;

/** Asks why a server could not bind. */
export const whyBind = (message: string): Promise<Diagnosis> => askWhy({ message });

const ids = new Set(bindChecks.map(({ id }) => id));

/** The checks of binding that found something, in their order. */
export const failing = ({ checks }: Diagnosis): readonly string[] =>
  checks.filter(({ id, result }) => ids.has(id) && result === 'fail').map(({ id }) => id);

/** The cause that is shown first. */
export const first = ({ causes }: Diagnosis): Cause | undefined => causes[0];
