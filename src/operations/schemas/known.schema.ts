import { z } from 'zod';

/** A value that could not be read, and why. */
export const unknownSchema = z.strictObject({
  unknown: z.enum(['denied', 'gone', 'unsupported', 'other-namespace']),
  why: z.string().exactOptional(),
});

/** A value as read, or the reason why it could not be. */
export const known = <T extends z.ZodType>(value: T) => z.union([value, unknownSchema]);

export const evidenceSchema = z.array(z.string());

export const problemSchema = z.strictObject({
  id: z.string(),
  reason: z.enum(['denied', 'gone', 'unsupported', 'other-namespace', 'failed']),
  detail: z.string(),
});

export const instantSchema = z.iso.datetime();

export const portSchema = z.int().min(0).max(65_535);

export const countSchema = z.number().min(0);
