/**
 * The candidate that a mistyped word most likely means, for "did you mean"; null where none is
 * near. Near is: the only candidate that begins with the word, or at most one edit (insertion,
 * deletion, substitution, swap of neighbours) per three letters. Letter case does not count; among
 * equals the first candidate wins.
 */
export const nearest = (word: string, candidates: readonly string[]): string | null => {
  const typed = word.toLowerCase();
  const begun = candidates.filter((candidate) => candidate.toLowerCase().startsWith(typed));
  if (typed.length >= 2 && begun.length === 1) return begun[0] ?? null;
  let best: string | null = null;
  let least = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - typed.length) >= least) continue;
    const distance = editDistance(typed, candidate.toLowerCase());
    if (distance < least && distance < candidate.length) [best, least] = [candidate, distance];
  }
  return best;
};

/** Optimal string alignment distance: Levenshtein's edits, and a swap of neighbours counts as one. */
const editDistance = (a: string, b: string): number => {
  let twoAbove: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (twoAbove[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    [twoAbove, above] = [above, current];
  }
  return above[b.length] ?? 0;
};
