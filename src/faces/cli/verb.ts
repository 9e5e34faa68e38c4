/** A flag of a verb, or of every verb. Generated from the operations' input schemas and the verbs' own words. */
export type Flag = {
  /** Without the dashes: `json-stream`, `no-probe`. */
  readonly name: string;
  /** One letter; null: there is no short form. */
  readonly short: string | null;
  readonly kind: 'boolean' | 'file' | 'duration' | 'word';
  /** What its value is called in a help text; null for a boolean. */
  readonly placeholder: string | null;
  readonly description: string;
  /** Bounds of a duration in ms; null where there are none. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** Words that a completion offers for its value; left out: none. */
  readonly words?: readonly string[];
};

/** What stands after a verb without dashes. */
export type Positional = {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly repeated: boolean;
  /** Words that a completion offers; a word that ends with `:` goes on. */
  readonly words: readonly string[];
  /** Whether the ports that are listened on now are offered too. */
  readonly ports: boolean;
};

export type Example = { readonly command: string; readonly does: string };

/** All that the CLI knows of a verb before it runs. */
export type Verb = {
  readonly name: string;
  /** One line of the list of verbs, without a full stop. */
  readonly summary: string;
  /** A paragraph each. */
  readonly description: readonly string[];
  readonly positional: Positional | null;
  readonly flags: readonly Flag[];
  readonly examples: readonly Example[];
};

/** Every verb and the flags that all of them take. */
export type CommandLine = {
  readonly verbs: readonly Verb[];
  readonly globalFlags: readonly Flag[];
};
