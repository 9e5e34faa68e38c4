import { originVariables } from '../../model/process.ts';

const wanted: ReadonlySet<string> = new Set(originVariables);
const longest = Math.max(...originVariables.map((name) => name.length));

/**
 * Picks from `/proc/<pid>/environ` the variables that tell an origin. Everything else may be a
 * secret and is not kept. As the first one counts in getenv(3), so it does here.
 */
export const parseEnvironment = (text: string): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (let start = 0; start < text.length;) {
    const nul = text.indexOf('\0', start);
    const end = nul === -1 ? text.length : nul;
    const equals = text.indexOf('=', start);
    if (equals > start && equals < end && equals - start <= longest) {
      const name = text.slice(start, equals);
      if (wanted.has(name)) found[name] ??= text.slice(equals + 1, end);
    }
    start = end + 1;
  }
  return found;
};
