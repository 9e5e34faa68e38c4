import ts from 'typescript';
import { isGenerated, type Lint, type Offence, type SourceText } from './lint.ts';
import { lineOf, nodesOf, parse } from './syntax.ts';

const limits = { fileLines: 300, functionLines: 60, fileMedian: 100, functionMedian: 10 };

/** Small files, small functions: nobody has to scroll to understand one thing. */
export const sizes: Lint = {
  id: 'sizes',
  covers: (path) =>
    /^(src|scripts|bench|test|bin|playground)\/.+\.(ts|mjs|js)$/.test(path) &&
    !isGenerated(path) &&
    !path.startsWith('test/fixtures/'),
  check: (files) => [
    ...files.flatMap(tooLongFile),
    ...files.flatMap(tooLongFunctions),
    ...medians(files),
  ],
  note: (files) => {
    const { fileMedian, functionMedian } = measure(files.filter(isSource));
    return `median of src: ${fileMedian} lines a file, ${functionMedian} a function`;
  },
};

const isSource = ({ path }: SourceText): boolean => path.startsWith('src/');

const tooLongFile = ({ path, text }: SourceText): Offence[] => {
  const lines = lineCount(text);
  if (lines <= limits.fileLines) return [];
  return [{ path, line: 0, message: `${lines} lines, at most ${limits.fileLines}` }];
};

/** A test's `describe` is a table of contents, not a function with a job. */
const tooLongFunctions = (source: SourceText): Offence[] =>
  source.path.startsWith('test/')
    ? []
    : functionsOf(source)
        .filter(({ lines }) => lines > limits.functionLines)
        .map(({ line, lines }) => ({
          path: source.path,
          line,
          message: `function of ${lines} lines, at most ${limits.functionLines}`,
        }));

const medians = (files: readonly SourceText[]): Offence[] => {
  const { fileMedian, functionMedian } = measure(files.filter(isSource));
  const offence = (what: string, median: number, limit: number): Offence[] =>
    median < limit
      ? []
      : [
          {
            path: 'src',
            line: 0,
            message: `median ${what} has ${median} lines, aim below ${limit}`,
          },
        ];
  return [
    ...offence('file', fileMedian, limits.fileMedian),
    ...offence('function', functionMedian, limits.functionMedian),
  ];
};

const measure = (files: readonly SourceText[]) => ({
  fileMedian: median(files.map(({ text }) => lineCount(text))),
  functionMedian: median(files.flatMap(functionsOf).map(({ lines }) => lines)),
});

const functionsOf = (source: SourceText): { line: number; lines: number }[] => {
  const file = parse(source);
  return [...nodesOf(file)]
    .filter(ts.isFunctionLike)
    .filter(hasBody)
    .map((node) => {
      const line = lineOf(file, node);
      return { line, lines: file.getLineAndCharacterOfPosition(node.end).line + 2 - line };
    });
};

const hasBody = (node: ts.SignatureDeclaration): boolean =>
  'body' in node && node.body !== undefined;

const lineCount = (text: string): number => text.trimEnd().split('\n').length;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
