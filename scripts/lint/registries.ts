import ts from 'typescript';
import { isWrittenSource, type Lint, type Offence, type SourceText } from './lint.ts';
import { isExported, literalText, nodesOf, parse, staticImports } from './syntax.ts';

/** One plug-in is one file with one exported const whose id is the file's name, and is listed. */
export const registries: Lint = {
  id: 'registries',
  covers: isWrittenSource,
  check: (files) =>
    files
      .filter(isRegistry)
      .flatMap((registry) => checkFolder(registry, plugInsOf(registry, files))),
  note: (files) => {
    const folders = files.filter(isRegistry);
    const count = folders.flatMap((registry) => plugInsOf(registry, files)).length;
    return `${count} plug-ins in ${folders.length} registries`;
  },
};

const isRegistry = ({ path }: SourceText): boolean => path.endsWith('/registry.ts');

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

const stemOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1, -'.ts'.length);

const plugInsOf = (registry: SourceText, files: readonly SourceText[]): readonly SourceText[] =>
  files.filter(({ path }) => folderOf(path) === folderOf(registry.path) && path !== registry.path);

const checkFolder = (registry: SourceText, plugIns: readonly SourceText[]): Offence[] => {
  const file = parse(registry);
  const imports = new Set(staticImports(file));
  const listed = listedNames(file);
  return plugIns.flatMap((plugIn) => {
    const names = exportedConsts(parse(plugIn));
    const offences = shapeOffences(plugIn, names);
    const name = names[0]?.name.getText() ?? '';
    if (!imports.has(`./${stemOf(plugIn.path)}.ts`) || !listed.has(name)) {
      offences.push(`is not in the list of ${registry.path}`);
    }
    return offences.map((message) => ({ path: plugIn.path, line: 0, message }));
  });
};

const shapeOffences = (plugIn: SourceText, consts: readonly ts.VariableDeclaration[]): string[] => {
  const [only, ...others] = consts;
  if (only === undefined || others.length > 0) return [`exports ${consts.length} consts, not one`];
  const stem = stemOf(plugIn.path);
  return idsIn(only).has(stem) ? [] : [`its id is not '${stem}', the file's name`];
};

const exportedConsts = (file: ts.SourceFile): readonly ts.VariableDeclaration[] =>
  file.statements.flatMap((statement) =>
    ts.isVariableStatement(statement) && isExported(statement)
      ? [...statement.declarationList.declarations]
      : [],
  );

/** `id: 'x'` of an object, or `make('x', …)`. */
const idsIn = (declaration: ts.VariableDeclaration): ReadonlySet<string> =>
  new Set(
    [...nodesOf(declaration)].flatMap((node) => {
      const value = idNode(node);
      const text = value === undefined ? null : literalText(value);
      return text === null ? [] : [text];
    }),
  );

const idNode = (node: ts.Node): ts.Node | undefined => {
  if (ts.isPropertyAssignment(node) && node.name.getText() === 'id') return node.initializer;
  return ts.isCallExpression(node) ? node.arguments[0] : undefined;
};

const listedNames = (file: ts.SourceFile): ReadonlySet<string> =>
  new Set(
    [...nodesOf(file)]
      .filter(ts.isArrayLiteralExpression)
      .flatMap(({ elements }) => elements.filter(ts.isIdentifier).map(({ text }) => text)),
  );
