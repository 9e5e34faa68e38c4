/** What makes a pattern slow on some input; none: each try takes a bounded number of steps. */
export type PatternCost = { readonly faults: readonly string[] };

const most = { times: 1100, nested: 3000 };

/**
 * Reads a pattern by its structure: a quantifier must have an upper bound, a repetition inside a
 * repetition a small one, and nothing may refer back. Then the steps of one try are bounded by a
 * constant of the pattern, and all tries by the length of the input.
 */
export const patternCost = (pattern: string): PatternCost => {
  const faults: string[] = [];
  const open: number[] = [];
  let inner = 1;
  let at = 0;
  while (at < pattern.length) {
    const { length, kind } = tokenAt(pattern, at);
    if (kind === 'back-reference') faults.push(`a reference back at ${at}`);
    if (kind === 'open') {
      open.push(inner);
      inner = 1;
      at += length;
    } else {
      const quantifier = quantifierAt(pattern, at + length);
      const times = quantifier?.most ?? 1;
      const reach = kind === 'close' ? inner : 1;
      faults.push(...faultsOf(times, reach).map((fault) => `${fault} at ${at}`));
      inner = Math.max(kind === 'close' ? (open.pop() ?? 1) : inner, reach * times);
      at += length + (quantifier?.length ?? 0);
    }
  }
  return { faults };
};

const faultsOf = (times: number, reach: number): readonly string[] => {
  if (times === Infinity) return ['a quantifier without an upper bound'];
  if (times > most.times) return [`a quantifier of more than ${most.times} times`];
  const nested = reach > 1 && times > 1 && reach * times > most.nested;
  return nested ? ['a repetition in a repetition'] : [];
};

type Token = {
  readonly length: number;
  readonly kind: 'atom' | 'open' | 'close' | 'back-reference';
};

const tokenAt = (pattern: string, at: number): Token => {
  const rest = pattern.slice(at);
  const open = /^\((?:\?(?:<?[=!]|:|<\w+>))?/.exec(rest);
  if (open !== null) return { length: open[0].length, kind: 'open' };
  if (rest.startsWith(')')) return { length: 1, kind: 'close' };
  if (/^\\(?:[1-9]|k<)/.test(rest)) return { length: 2, kind: 'back-reference' };
  const atom = /^(?:\\u[\da-f]{4}|\\x[\da-f]{2}|\\.|\[(?:\\.|[^\]\\])*\]|[^])/i.exec(rest);
  return { length: atom?.[0].length ?? 1, kind: 'atom' };
};

const quantifierAt = (pattern: string, at: number): { most: number; length: number } | null => {
  const match = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(pattern.slice(at));
  if (match === null) return null;
  const [text, least = '', comma = '', bound = ''] = match;
  if (text.startsWith('?')) return { most: 1, length: text.length };
  if (text.startsWith('*') || text.startsWith('+')) return { most: Infinity, length: text.length };
  if (comma === '') return { most: Number(least), length: text.length };
  return { most: bound === '' ? Infinity : Number(bound), length: text.length };
};
