/** A command line as understood: a verb, its flags and what else was given. */
export type Invocation = {
  readonly verb: string;
  /** Whether the verb was typed; `homeport 3000` means `explain` without saying so. */
  readonly typed: boolean;
  readonly positionals: readonly string[];
  /** By the flag's name without dashes: true, a text, or a duration in ms. */
  readonly flags: ReadonlyMap<string, true | string | number>;
};

/** Whether a flag was given. */
export const isOn = (invocation: Invocation, flag: string): boolean => invocation.flags.has(flag);

/** The text of a flag that takes one; null where it was not given. */
export const textOf = (invocation: Invocation, flag: string): string | null => {
  const value = invocation.flags.get(flag);
  return typeof value === 'string' ? value : null;
};

/** The milliseconds of a flag that takes a duration; null where it was not given. */
export const durationOf = (invocation: Invocation, flag: string): number | null => {
  const value = invocation.flags.get(flag);
  return typeof value === 'number' ? value : null;
};
