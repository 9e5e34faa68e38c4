import { z } from 'zod';

/** A value that could not be read, and why. */
export const unknownSchema = z.strictObject({
  unknown: z.enum(['denied', 'gone', 'unsupported', 'other-namespace']),
  why: z.string().exactOptional(),
});

/** A value as read, or the reason why it could not be. */
export const known = <T extends z.ZodType>(value: T) => z.union([value, unknownSchema]);

/** What a verdict rests on, a sentence each. */
export const evidenceSchema = z.array(z.string());

/** What could not be looked at, and why. */
export const problemSchema = z.strictObject({
  id: z.string(),
  reason: z.enum(['denied', 'gone', 'unsupported', 'other-namespace', 'failed']),
  detail: z.string(),
});

/** A moment, ISO 8601 in UTC. */
export const instantSchema = z.iso.datetime();

/** A port number of 16 bits (RFC 6335); 0 is none. */
export const portSchema = z.int().min(0).max(65_535);

/** A count, or an amount in the unit that the field names. */
export const countSchema = z.number().min(0);
