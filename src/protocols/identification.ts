import type { Identification, NamedIdentification } from './protocol-probe.ts';

const nothingSeen = {
  version: null,
  server: null,
  title: null,
  authentication: null,
  details: {},
  evidence: [],
} as const satisfies Identification;

/** Makes an identification of what was seen; what was not seen is null or empty. */
export const identified = (
  seen: Partial<Identification> & Pick<Identification, 'evidence'>,
): Identification => ({ ...nothingSeen, ...seen });

/** Puts a probe's id and name where the identification has none of its own. */
export const nameIdentification = (
  identification: Identification,
  probe: { readonly id: string; readonly name: string },
): NamedIdentification => ({
  ...identification,
  id: identification.id ?? probe.id,
  name: identification.name ?? probe.name,
});

/** An identification without its further question. */
export const withoutNext = <T extends Identification>(identification: T): Omit<T, 'next'> => {
  const { next: _, ...rest } = identification;
  return rest;
};

const longest = 200;

/** Cuts text from outside to what an answer may carry: 200 characters, then an ellipsis. */
export const clip = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest)}…`;
