import { z } from 'zod';
import type { CommandLine, Flag, Verb } from '../src/faces/cli/verb.ts';
import { globalFlags, verbSources } from './cli-verbs.ts';
import { switchFlag, type VerbSource } from './verb-source.ts';

/**
 * Builds all that the CLI knows of its verbs from the operations' input schemas and the verbs' own
 * words. Throws where a field is of a kind that no flag can carry, or two flags clash.
 */
export const buildCommandLine = (): CommandLine => ({
  verbs: verbSources.map((source) => checkClashes(buildVerb(source))),
  globalFlags,
});

const buildVerb = (source: VerbSource): Verb => {
  const { name, summary, description, positional, ownFlags, examples } = source;
  const flags = new Map<string, Flag>();
  for (const flag of source.inputs.flatMap((input) => flagsOf(input, source))) {
    if (!flags.has(flag.name)) flags.set(flag.name, flag);
  }
  return {
    name,
    summary,
    description,
    positional,
    flags: [...flags.values(), ...ownFlags],
    examples,
  };
};

/** The part of a JSON Schema that a flag is made from. */
const fieldSchema = z.object({
  type: z.enum(['boolean', 'integer', 'string']),
  description: z.string(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

const flagsOf = (input: z.ZodObject, source: VerbSource): Flag[] =>
  Object.entries(z.toJSONSchema(input, { io: 'input' }).properties ?? {})
    .filter(([field]) => field !== source.positionalField)
    .map(([field, schema]) => {
      const { description, minimum = null, maximum = null } = fieldSchema.parse(schema);
      const words = source.flagWords[field] ?? {};
      return { ...switchFlag(kebab(field), null, description), minimum, maximum, ...words };
    });

const kebab = (field: string): string =>
  field.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);

const checkClashes = (verb: Verb): Verb => {
  const names = [...verb.flags, ...globalFlags].flatMap(({ name, short }) =>
    short === null ? [name] : [name, short],
  );
  if (new Set(names).size < names.length) throw new Error(`two flags of ${verb.name} clash`);
  return verb;
};
