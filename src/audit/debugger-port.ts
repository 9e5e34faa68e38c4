import { jdwpPort } from '../model/jdwp-port.ts';
import { isKnown, knownOr } from '../model/known.ts';
import type { Evidence } from '../model/listener.ts';
import { programKind, programName } from './listener-facts.ts';
import type { RuleFacts } from './rule.ts';

/** The debugger that a listener belongs to. */
export type DebuggerPort = { readonly name: string; readonly evidence: Evidence };

/**
 * The debugger behind a listener: by what the handshake showed, by an option of the command line
 * that names this very port, or by the program. null: none; `unread`: the command line could not be
 * read and nothing else tells. A debugged server has two listeners: only one is the debugger's.
 */
export const debuggerPort = (facts: RuleFacts): DebuggerPort | 'unread' | null => {
  const { listener, process, protocol } = facts;
  if (listener.transport !== 'tcp') return null;
  if (protocol.status === 'identified' && debuggerProtocols.has(protocol.id)) {
    return { name: protocol.name, evidence: protocol.evidence };
  }
  const argv = process === null ? null : knownOr(process.argv, null);
  const option = argv === null ? null : debuggerOptionFor(argv, listener.port);
  if (option !== null) return option;
  if (programKind(listener) === 'debugger') {
    return {
      name: programName(listener),
      evidence: isKnown(listener.program) ? listener.program.evidence : [],
    };
  }
  return argv === null && protocol.status !== 'identified' ? 'unread' : null;
};

/** Ids of the protocols that drive a program or a browser from outside. */
const debuggerProtocols: ReadonlySet<string> = new Set([
  'chrome-devtools',
  'dap',
  'delve',
  'jdwp',
  'node-inspector',
]);

/** Reads one kind of option: the port it opens, or null where the words hold no such option. */
type OptionReader = {
  readonly name: string;
  readonly read: (argv: readonly string[]) => Opened | null;
};
type Opened = { readonly port: number; readonly option: string };

const debuggerOptionFor = (argv: readonly string[], port: number): DebuggerPort | null => {
  for (const { name, read } of optionReaders) {
    const opened = read(argv);
    if (opened?.port === port) return { name, evidence: [`command line option ${opened.option}`] };
  }
  return null;
};

/** `host:port`, `:port`, `*:port` or `port` → the port; a host alone → `otherwise`. */
const portIn = (value: string, otherwise: number | null): number | null => {
  const [, digits] = /(?:^|:)(\d{1,5})$/.exec(value) ?? [];
  return digits === undefined ? otherwise : Number(digits);
};

const openedBy = (option: string, port: number | null): Opened | null =>
  port === null ? null : { port, option };

/** The value of `--name value` or `--name=value`. */
const valueOf = (argv: readonly string[], ...names: readonly string[]): string | null => {
  for (const [at, word] of argv.entries()) {
    const [name = '', ...value] = word.split('=');
    if (!names.includes(name)) continue;
    return value.length > 0 ? value.join('=') : (argv[at + 1] ?? null);
  }
  return null;
};

const runs = (argv: readonly string[], program: string): boolean =>
  argv.some((word) => word === program || word.endsWith(`/${program}`));

/** node(1): `--inspect[=[host:]port]`, by default 9229; bun listens on 6499. */
const inspector: OptionReader = {
  name: 'V8 inspector',
  read: (argv) => {
    const option = argv.find((word) => /^--inspect(?:-brk|-wait)?(?:=|$)/.test(word));
    if (option === undefined) return null;
    const usual = runs(argv.slice(0, 1), 'bun') ? 6499 : 9229;
    return openedBy(option, portIn(option.replace(/^[^=]*=?/, ''), usual));
  },
};

/** https://chromedevtools.github.io/devtools-protocol/ */
const devtools: OptionReader = {
  name: 'Chrome DevTools',
  read: (argv) => {
    const value = valueOf(argv, '--remote-debugging-port');
    return value === null
      ? null
      : openedBy(`--remote-debugging-port=${value}`, portIn(value, null));
  },
};

const jdwp: OptionReader = { name: 'Java debugger (JDWP)', read: jdwpPort };

/** https://github.com/microsoft/debugpy/wiki/Command-Line-Reference */
const debugpy: OptionReader = {
  name: 'Python debugger (debugpy)',
  read: (argv) => {
    const value = runs(argv, 'debugpy') ? valueOf(argv, '--listen') : null;
    return value === null ? null : openedBy(`--listen ${value}`, portIn(value, null));
  },
};

const delve: OptionReader = {
  name: 'Go debugger (Delve)',
  read: (argv) => {
    const value = runs(argv.slice(0, 1), 'dlv') ? valueOf(argv, '--listen', '-l') : null;
    return value === null ? null : openedBy(`--listen ${value}`, portIn(value, null));
  },
};

const rdbg: OptionReader = {
  name: 'Ruby debugger (rdbg)',
  read: (argv) => {
    const value = runs(argv, 'rdbg') ? valueOf(argv, '--port') : null;
    return value === null ? null : openedBy(`--port ${value}`, portIn(value, null));
  },
};

const gdbserver: OptionReader = {
  name: 'gdbserver',
  read: (argv) => {
    const value = runs(argv.slice(0, 1), 'gdbserver')
      ? argv.slice(1).find((word) => /:\d{1,5}$/.test(word))
      : undefined;
    return value === undefined ? null : openedBy(value, portIn(value, null));
  },
};

const optionReaders: readonly OptionReader[] = [
  inspector,
  devtools,
  jdwp,
  debugpy,
  delve,
  rdbg,
  gdbserver,
];
