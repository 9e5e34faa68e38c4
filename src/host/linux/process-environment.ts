import { originVariables, proxyVariables } from '../../model/process.ts';
import { blankUserInfo } from '../blank-user-info.ts';

const proxies: ReadonlySet<string> = new Set(proxyVariables);
const wanted: ReadonlySet<string> = new Set([...originVariables, ...proxyVariables]);
const longest = Math.max(...wanted.values().map((name) => name.length));

/**
 * Picks from `/proc/<pid>/environ` the variables that tell an origin, and a proxy's without
 * the user's name and password. Everything else may be a
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
      if (wanted.has(name)) found[name] ??= kept(name, text.slice(equals + 1, end));
    }
    start = end + 1;
  }
  return found;
};

const kept = (name: string, value: string): string =>
  proxies.has(name) ? blankUserInfo(value) : value;
