import type { z } from 'zod';
import type { Example, Flag, Positional } from '../src/faces/cli/verb.ts';

/** How an input's field becomes a flag where its own name and description don't say it well. */
export type FlagWords = Partial<
  Pick<Flag, 'name' | 'short' | 'placeholder' | 'description' | 'kind' | 'words'>
>;

/** What a person wrote of a verb; its flags come from the schemas of `inputs`. */
export type VerbSource = {
  readonly name: string;
  readonly summary: string;
  readonly description: readonly string[];
  readonly inputs: readonly z.ZodObject[];
  /** The inputs' field that the positional words fill. */
  readonly positionalField: string | null;
  readonly positional: Positional | null;
  /** Field → what differs in the flag. */
  readonly flagWords: Readonly<Record<string, FlagWords>>;
  /** Flags of this face alone, which change how an answer is shown and never what it is. */
  readonly ownFlags: readonly Flag[];
  readonly examples: readonly Example[];
};

/** A flag without a value. */
export const switchFlag = (name: string, short: string | null, description: string): Flag => ({
  name,
  short,
  kind: 'boolean',
  placeholder: null,
  description,
  minimum: null,
  maximum: null,
});
