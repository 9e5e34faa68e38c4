import { invalidInput } from './error.ts';
import { parseTarget } from './parse-target.ts';
import type { EndpointTarget } from './target.ts';

const hint = "'127.0.0.1:51002->127.0.0.1:3000', as homeport explain shows its ends";

/**
 * Reads the two ends of a connection, in either order: endpoints with `↔`, `→`, `<->`, `->`, `-` or a
 * blank between them. Throws invalid input for anything else.
 */
export const parseConnection = (text: string): readonly [EndpointTarget, EndpointTarget] => {
  const parts = text
    .trim()
    .split(/\s*(?:↔|→|<->|->)\s*|\s+|(?<=:\d{1,5})-/u)
    .filter((part) => part !== '');
  const [first, second, ...more] = parts;
  if (first === undefined || second === undefined || more.length > 0) {
    throw invalidInput('a connection has two ends', hint);
  }
  return [endOf(first), endOf(second)];
};

const endOf = (text: string): EndpointTarget => {
  const target = parseTarget(text);
  if (target.kind !== 'endpoint' || target.port === 0) {
    throw invalidInput(`${text} is no end of a connection`, hint);
  }
  return target;
};
