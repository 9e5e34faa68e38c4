/**
 * What a person chose of a numbered list: `1 3`, `1,3`, `2-4` or `all`. Anything else that stands
 * there means nothing: nothing is chosen then.
 */
export const chosenFrom = <T>(answer: string, list: readonly T[]): readonly T[] => {
  const words = answer.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 1 && /^all$/i.test(answer.trim())) return list;
  const numbers = words.flatMap((word) => range(word, list.length) ?? [Number.NaN]);
  if (numbers.some(Number.isNaN)) return [];
  return list.filter((_, index) => numbers.includes(index + 1));
};

const range = (word: string, last: number): readonly number[] | null => {
  const [, from = '', to = from] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(word) ?? [];
  const [first, end] = [Number(from), Number(to)];
  if (from === '' || first < 1 || end > last || end < first) return null;
  return Array.from({ length: end - first + 1 }, (_, index) => first + index);
};
