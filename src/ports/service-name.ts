import { invalidInput } from '../model/error.ts';

/** The endpoint of a service that has one port only. */
export const mainEndpoint = 'main';

/**
 * Checks a name of a service or an endpoint: letters, digits and `. _ - @ / :` inside, 100 characters
 * at most, as npm packages, compose services and Procfiles have them. Throws invalid input.
 */
export const checkName = (kind: 'service' | 'endpoint', name: string): string => {
  if (name === '') throw invalidInput(`the ${kind} has no name`, 'homeport port web');
  if (!isName(name)) {
    throw invalidInput(
      `${JSON.stringify(name.slice(0, 120))} can't be the name of a ${kind}`,
      'letters, digits and . _ - @ / inside, 100 characters at most',
    );
  }
  return name;
};

const isName = (name: string): boolean => /^[\p{L}\p{N}@_][\p{L}\p{N}._@/:-]{0,99}$/u.test(name);

/**
 * A service's name as a part of an environment variable's: `@shop/web-api` → `SHOP_WEB_API`. What
 * POSIX does not take in a name becomes `_` (POSIX.1-2024, 8.1).
 */
export const variableName = (...parts: readonly string[]): string => {
  const name = parts
    .map((part) => part.toUpperCase().replace(/[^A-Z0-9]+/g, '_'))
    .join('_')
    .replace(/^_+|_+$/g, '')
    .replace(/_{2,}/g, '_');
  return /^\d/.test(name) || name === '' ? `_${name}` : name;
};
