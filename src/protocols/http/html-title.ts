/**
 * The text of an HTML page's title, white space folded and the usual character references decoded;
 * null where there is none. A search, not a parser: linear in the page's length.
 */
export const htmlTitle = (html: string): string | null => {
  const lower = html.toLowerCase();
  const open = lower.indexOf('<title');
  if (open === -1) return null;
  const start = lower.indexOf('>', open) + 1;
  const end = lower.indexOf('</title', start);
  if (start === 0 || end === -1) return null;
  const title = decodeReferences(html.slice(start, Math.min(end, start + 1_000)));
  return title.split(/\s+/).join(' ').trim() || null;
};

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

const decodeReferences = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });
