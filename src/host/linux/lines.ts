/** Visits the lines of a text without its first `skip`, the last with or without a line feed. */
export const forEachLine = (text: string, skip: number, visit: (line: string) => void): void => {
  let left = skip;
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    if (left > 0) left -= 1;
    else visit(text.slice(start, end));
    start = end + 1;
  }
};
