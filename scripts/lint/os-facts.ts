import ts from 'typescript';
import { isWrittenSource, type Lint, type Offence, type SourceText } from './lint.ts';
import { lineOf, literalText, nodesOf, parse } from './syntax.ts';

/** The operating system is asked in src/host alone, the terminal and the exit code in src/faces/cli. */
export const osFacts: Lint = {
  id: 'os-facts',
  covers: isWrittenSource,
  check: (files) => files.flatMap(offencesIn),
};

const offencesIn = (source: SourceText): Offence[] => {
  const file = parse(source);
  return [...nodesOf(file)].flatMap((node) => {
    const message = breach(node, source.path);
    return message === null ? [] : [{ path: source.path, line: lineOf(file, node), message }];
  });
};

const breach = (node: ts.Node, path: string): string | null => {
  if (!path.startsWith('src/host/') && touchesSystem(node)) {
    return `${node.getText()} belongs below src/host`;
  }
  if (!path.startsWith('src/faces/cli/') && touchesTerminal(node)) {
    return `${node.getText()} belongs below src/faces/cli`;
  }
  return null;
};

const systemModule = /^(node:)?child_process$|^koffi$|^@koromix\//;

/** A path below /proc, not a sentence that speaks of one: evidence may name where it was read. */
const procPath = /^\/proc\/\S+$/;

const touchesSystem = (node: ts.Node): boolean => {
  const text = literalText(node);
  if (text !== null) return systemModule.test(text) || procPath.test(text);
  if (ts.isTemplateHead(node)) {
    return node.text.startsWith('/proc/') && !node.text.includes(' ') && !isToPaste(node.parent);
  }
  return isMemberOf(node, 'process', ['platform', 'arch']);
};

/** Makers of a command that a person is to paste: it may name a file that Homeport itself does not read. */
const commandMakers: ReadonlySet<string> = new Set(['shellCommand', 'byOwner', 'byRoot']);

const isToPaste = (argument: ts.Node): boolean =>
  ts.isCallExpression(argument.parent) &&
  ts.isIdentifier(argument.parent.expression) &&
  commandMakers.has(argument.parent.expression.text);

const touchesTerminal = (node: ts.Node): boolean =>
  isMemberOf(node, 'process', ['exit', 'exitCode', 'stdout', 'stderr', 'stdin']) ||
  (ts.isPropertyAccessExpression(node) && isNamed(node.expression, 'console'));

const isMemberOf = (node: ts.Node, object: string, members: readonly string[]): boolean =>
  ts.isPropertyAccessExpression(node) &&
  isNamed(node.expression, object) &&
  members.includes(node.name.text);

const isNamed = (node: ts.Node, name: string): boolean =>
  ts.isIdentifier(node) && node.text === name;
