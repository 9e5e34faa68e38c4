/**
 * A command line taken apart: the interpreter told from what it runs. For
 * `node --inspect /app/node_modules/.bin/vite --port 3000`: `executable` is `node`, `runtime`
 * `node`, `runtimeArguments` `['--inspect']`, `script` `/app/node_modules/.bin/vite`, `words`
 * `['--port', '3000']`. For `python -m flask run`: `module` `flask`, `words` `['run']`.
 */
export type Command = {
  /** Base name of argv[0] or of the executable, lower case, without `.exe` and a login shell's `-`. */
  readonly executable: string;
  readonly runtime: Runtime | null;
  readonly runtimeArguments: readonly string[];
  /** Path of the script that an interpreter runs, as typed; null where there is none. */
  readonly script: string | null;
  /** `-m module` of Python and the like, or Java's main class; null where there is none. */
  readonly module: string | null;
  /** Java's `-jar` file; null where there is none. */
  readonly jar: string | null;
  /** What follows the script, module or executable. */
  readonly words: readonly string[];
  /** A title that the program gave itself (`nginx: worker process`, `postgres: checkpointer`): argv is one element with a space or colon. */
  readonly title: string | null;
  readonly argv: readonly string[];
};

export type Runtime =
  | 'node'
  | 'deno'
  | 'bun'
  | 'python'
  | 'ruby'
  | 'php'
  | 'java'
  | 'dotnet'
  | 'perl'
  | 'erlang'
  | 'shell';
