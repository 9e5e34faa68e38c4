import type { Invocation } from './invocation.ts';
import { isOn } from './invocation.ts';
import type { Io, Output } from './io.ts';

/**
 * Whether to colour what goes to `output`: `--no-color` and `--color` decide; then NO_COLOR
 * (no-color.org: set and not empty), FORCE_COLOR (`0` or `false` is no), TERM=dumb; then whether it is a terminal.
 */
export const wantsColours = (
  output: Output,
  env: Io['env'],
  invocation: Invocation | null,
): boolean => {
  if (invocation !== null && isOn(invocation, 'no-color')) return false;
  if (invocation !== null && isOn(invocation, 'color')) return true;
  if (isSet(env['NO_COLOR'])) return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  return env['TERM'] !== 'dumb' && output.size() !== null;
};

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';
