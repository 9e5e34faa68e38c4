import type { Command } from './command.ts';

/**
 * What the options say about a debugger that listens inside the process, one sentence each. A
 * debugged Vite is still Vite: so this is evidence beside any program and never a program of its
 * own; which listener is the debugger's the protocol decides. Sources: node(1) `--inspect`, JDWP's
 * `-agentlib:jdwp`, debugpy's `--listen`, Chrome's `--remote-debugging-port`.
 */
export const debuggerEvidence = ({
  runtime,
  runtimeArguments,
  argv,
}: Command): readonly string[] => {
  if (runtime === null) return argv.flatMap(chromeEvidence);
  if (runtime === 'python') return debugpyEvidence(runtimeArguments);
  const judge = judges[runtime];
  return judge === undefined ? [] : runtimeArguments.flatMap(judge);
};

const nodeEvidence = (option: string): readonly string[] => {
  const match = /^--inspect(?:-brk|-wait)?(=.*)?$/s.exec(option);
  if (match === null) return [];
  const where = match[1] === undefined ? ', on 127.0.0.1:9229 by default' : '';
  return [`${option}: a V8 inspector listens in the process${where}`];
};

const jdwpEvidence = (option: string): readonly string[] =>
  /^-(?:agentlib:|X?run)jdwp\b.*server=y/.test(option)
    ? [`${option}: a Java debugger (JDWP) listens in the process`]
    : [];

const chromeEvidence = (option: string): readonly string[] =>
  option.startsWith('--remote-debugging-port=')
    ? [`${option}: the browser can be driven through this port`]
    : [];

const debugpyEvidence = (options: readonly string[]): readonly string[] => {
  const at = options.indexOf('--listen');
  return at >= 0
    ? [`--listen ${options[at + 1] ?? ''}: a Python debugger (debugpy) listens for the process`]
    : [];
};

const judges: Partial<
  Record<NonNullable<Command['runtime']>, (option: string) => readonly string[]>
> = {
  node: nodeEvidence,
  deno: nodeEvidence,
  bun: nodeEvidence,
  java: jdwpEvidence,
};
