import { isHomeportError } from '../../src/model/error.ts';
import type { HomeportError } from '../../src/model/error.ts';
import { parseTarget } from '../../src/model/parse-target.ts';
import type { EndpointTarget, Target } from '../../src/model/target.ts';

/** What parsing gives: a target, or its typed error. Anything else that is thrown goes on. */
export const attempt = (input: string): Target | HomeportError => {
  try {
    return parseTarget(input);
  } catch (error) {
    if (isHomeportError(error)) return error;
    throw error;
  }
};

/** The endpoint that an input must be. */
export const endpoint = (input: string): EndpointTarget => {
  const target = parseTarget(input);
  if (target.kind !== 'endpoint') throw new Error(`${input} is a ${target.kind}`);
  return target;
};

/** The typed error that an input must give. */
export const refusal = (input: string): HomeportError => {
  const result = attempt(input);
  if ('kind' in result) throw new Error(`${input} was accepted`);
  return result;
};
