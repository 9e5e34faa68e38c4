import { invalidInput } from '../../model/error.ts';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Reads `2`, `0.5`, `2s`, `500ms`, `1m` or `2h` as milliseconds; a bare number is seconds, as for
 * watch(1). Throws invalid input for anything else and outside of the bounds (ms, inclusive).
 */
export const parseDuration = (
  text: string,
  flag: string,
  bounds: { readonly minimum: number | null; readonly maximum: number | null },
): number => {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)?$/.exec(text);
  if (match === null) {
    throw invalidInput(
      `${flag} is no duration: ${text}`,
      'write seconds (2, 0.5) or 500ms, 1m, 2h',
    );
  }
  const ms = Math.round(Number(match[1]) * (units[match[2] ?? 's'] ?? 1000));
  const { minimum, maximum } = bounds;
  if ((minimum !== null && ms < minimum) || (maximum !== null && ms > maximum)) {
    throw invalidInput(`${flag} can't be ${text}`, `it must be ${boundsText(minimum, maximum)}`);
  }
  return ms;
};

const boundsText = (minimum: number | null, maximum: number | null): string => {
  const least = minimum === null ? [] : [`at least ${brief(minimum)}`];
  const most = maximum === null ? [] : [`at most ${brief(maximum)}`];
  return [...least, ...most].join(' and ');
};

/** As it would be typed: `500ms`, `2s`, `60m`. */
const brief = (ms: number): string => {
  if (ms % 1000 !== 0) return `${ms}ms`;
  return ms % 60_000 === 0 ? `${ms / 60_000}m` : `${ms / 1000}s`;
};
