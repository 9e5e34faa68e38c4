import ts from 'typescript';
import { isWrittenSource, type Lint, type Offence, type SourceText } from './lint.ts';
import { isExported, lineOf, parse } from './syntax.ts';

/** What a file exports says what it promises. */
export const docstrings: Lint = {
  id: 'docstrings',
  covers: isWrittenSource,
  check: (files) => files.flatMap(offencesIn),
};

const offencesIn = (source: SourceText): Offence[] => {
  const file = parse(source);
  return file.statements
    .filter((statement) => isValue(statement) && isExported(statement) && !hasDocstring(statement))
    .map((statement) => ({
      path: source.path,
      line: lineOf(file, statement),
      message: `${firstLine(statement.getText())} has no docstring`,
    }));
};

const isValue = (statement: ts.Statement): boolean =>
  ts.isVariableStatement(statement) ||
  ts.isFunctionDeclaration(statement) ||
  ts.isClassDeclaration(statement);

const hasDocstring = (statement: ts.Statement): boolean =>
  ts.getJSDocCommentsAndTags(statement).some(ts.isJSDoc);

const firstLine = (text: string): string => text.split('\n', 1)[0]?.slice(0, 60) ?? '';
