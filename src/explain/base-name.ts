/**
 * The last part of a path, with `/` or `\` between the parts; the text itself where there is none.
 */
export const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/** The part before the last one: `bin` of `/usr/bin/vite`; empty where there is none. */
export const parentName = (path: string): string =>
  baseName(path.slice(0, Math.max(0, path.length - baseName(path).length - 1)));
