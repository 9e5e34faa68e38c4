/** One assignment of a `.env` file. */
export type EnvLine = { readonly name: string; readonly value: string; readonly line: number };

/** The assignments of a `.env` file, best effort: `export`, quotes and trailing comments are known. */
export const envLines = (text: string): readonly EnvLine[] =>
  text.split(/\r\n|\r|\n/).flatMap((content, index) => {
    const [, name, raw = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)$/.exec(content) ?? [];
    return name === undefined ? [] : [{ name, value: valueOf(raw), line: index + 1 }];
  });

const valueOf = (raw: string): string => {
  const quoted = /^(["'`])(.*?)\1/.exec(raw);
  return quoted?.[2] ?? raw.replace(/\s+#.*$/, '').trim();
};
