import { z } from 'zod';
import { evidenceSchema } from './known.schema.ts';

/** One thing that a person can do. */
export const actionSchema = z.strictObject({
  label: z.string(),
  command: z.string().nullable(),
  changes: z.string().nullable().exactOptional(),
  needsRoot: z.boolean().exactOptional(),
});

/** The fields of a finding. */
export const findingFields = {
  id: z.string(),
  severity: z.enum(['info', 'notice', 'warning', 'critical']),
  title: z.string(),
  evidence: evidenceSchema,
  benignCauses: z.array(z.string()),
  actions: z.array(actionSchema),
};

/** An observation that matters. */
export const findingSchema = z.strictObject(findingFields);
