/** The names of options, written as they are typed: `options('-r --require')`. */
export const options = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * Index of the first argument at or after `from` that is neither an option nor an option's value,
 * or that `stop` accepts.
 */
export const operandIndex = (
  args: readonly string[],
  valued: ReadonlySet<string>,
  stop: (option: string) => boolean = () => false,
  from = 0,
): number => {
  let at = from;
  while (at < args.length) {
    const option = args[at] ?? '';
    if (option === '--') {
      return at + 1;
    }
    if (!/^[-+]./.test(option) || stop(option)) {
      return at;
    }
    at += valued.has(option) ? 2 : 1;
  }
  return args.length;
};
