import ts from 'typescript';
import type { SourceText } from './lint.ts';

/** Parses a file; positions are as in its text. */
export const parse = ({ path, text }: SourceText): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);

/** A node and all below it, top down. */
export const nodesOf = function* (node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
};

const childrenOf = (node: ts.Node): ts.Node[] => {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  return children;
};

/** The line that a node begins on, from 1. */
export const lineOf = (file: ts.SourceFile, node: ts.Node): number =>
  file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;

/** Whether a top-level statement carries `export`. */
export const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

/** Text of a string or template without substitutions, or null. */
export const literalText = (node: ts.Node): string | null =>
  ts.isStringLiteralLike(node) ? node.text : null;

/** The modules that a file imports or re-exports at load time, by specifier; types are left out. */
export const staticImports = (file: ts.SourceFile): readonly string[] =>
  file.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) {
      return isTypeOnly(statement) ? [] : specifierOf(statement.moduleSpecifier);
    }
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined) {
      return statement.isTypeOnly ? [] : specifierOf(statement.moduleSpecifier);
    }
    return [];
  });

/** The modules that a file loads with `import('…')`, by specifier. */
export const dynamicImports = (file: ts.SourceFile): readonly string[] =>
  [...nodesOf(file)]
    .filter(ts.isCallExpression)
    .filter(({ expression }) => expression.kind === ts.SyntaxKind.ImportKeyword)
    .flatMap(({ arguments: [specifier] }) =>
      specifier === undefined ? [] : specifierOf(specifier),
    );

/** `import { type A }` counts as a type import too: rolldown drops it just the same. */
const isTypeOnly = ({ importClause }: ts.ImportDeclaration): boolean => {
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  return (
    name === undefined &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.length > 0 &&
    namedBindings.elements.every(({ isTypeOnly: typeOnly }) => typeOnly)
  );
};

const specifierOf = (node: ts.Expression): string[] => {
  const text = literalText(node);
  return text === null ? [] : [text];
};
