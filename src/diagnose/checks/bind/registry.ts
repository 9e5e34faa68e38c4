import type { Check } from '../../check.ts';
import type { EndpointFacts } from '../../facts.ts';

export const bindChecks: readonly Check<EndpointFacts>[] = [];
