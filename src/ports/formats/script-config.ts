import { type FoundWant, lineAt, type PortFormat, serves } from '../port-format.ts';

/**
 * Configurations that are programs, such as `vite.config.ts`: read as text and never run, so that
 * only numbers that stand there are found.
 */
export const scriptConfig: PortFormat = {
  id: 'script-config',
  names: 'vite.config.*, next.config.*, nuxt.config.*, astro.config.*, webpack.config.*',
  covers: (name) =>
    /^(?:vite|vitest|next|nuxt|astro|svelte|webpack|rsbuild|vue|farm|rspack)\.config\.[cm]?[jt]s$/.test(
      name,
    ),
  read: async (text) => {
    const code = codeAlone(text);
    return Array.from(code.matchAll(/(?<![\w.$'"])["']?port["']?\s*:\s*(\d{1,6})(?![\w.])/g)).map(
      (match): FoundWant => {
        const inside = enclosingKey(code, match.index);
        return serves({
          line: lineAt(code, match.index),
          what: inside === null ? 'port' : `${inside}.port`,
          service: inside === null || ownParts.has(inside) ? null : inside,
          port: Number(match[1]),
        });
      },
    );
  },
};

/** Only one of these runs at a time. */
const ownParts: ReadonlySet<string> = new Set(['server', 'preview', 'devServer', 'dev']);

/** Comments and texts become blanks, so that every offset stays; a quoted word may be a key. */
const codeAlone = (text: string): string =>
  text.replace(
    /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[^]*?\*\//g,
    (found) => (/^["']\w+["']$/.test(found) ? found : found.replace(/[^\n]/g, ' ')),
  );

/** The key of the object around an offset: `server` of `server: { port: 1 }`. */
const enclosingKey = (code: string, offset: number): string | null => {
  let depth = 0;
  for (let at = offset - 1; at >= 0; at -= 1) {
    const character = code[at];
    if (character === '}') depth += 1;
    if (character !== '{') continue;
    if (depth === 0) return /["']?(\w+)["']?\s*:\s*$/.exec(code.slice(0, at))?.[1] ?? null;
    depth -= 1;
  }
  return null;
};
