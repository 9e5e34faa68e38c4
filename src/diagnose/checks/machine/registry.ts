import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';

export const machineChecks: readonly Check<MachineFacts>[] = [];
