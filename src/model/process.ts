import type { Known } from './known.ts';

/**
 * What makes a process the same process: a pid alone is reused. `startTicks` is field 22 of
 * `/proc/<pid>/stat` (clock ticks since boot), `bootId` `/proc/sys/kernel/random/boot_id`.
 */
export type ProcessIdentity = {
  readonly pid: number;
  readonly startTicks: number;
  readonly bootId: string;
};

/** The executable file a process runs. `deleted`: its file was removed or replaced since the start. */
export type Executable = { readonly path: string; readonly deleted: boolean };

/** What `/proc/<pid>/stat` and its siblings say. Sizes in bytes, CPU time in ms. */
export type Process = ProcessIdentity & {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** 0 where the parent is outside of what can be seen (init, or another pid namespace). */
  readonly ppid: number;
  readonly processGroup: number;
  readonly session: number;
  /** Controlling terminal's device number; 0: none. */
  readonly tty: number;
  /** One letter, proc(5): R S D Z T t X I … */
  readonly state: string;
  readonly kernelThread: boolean;
  readonly comm: string;
  /** Empty for a zombie or a kernel thread. A title set by the program is one element. */
  readonly argv: Known<readonly string[]>;
  readonly exe: Known<Executable>;
  readonly cwd: Known<string>;
  /** Effective uid, and its name where the user database has one. */
  readonly uid: Known<number>;
  readonly user: string | null;
  /** Path in the unified hierarchy, or in the systemd or memory one where that says more: `/system.slice/nginx.service`. */
  readonly cgroup: Known<string>;
  readonly namespaces: {
    readonly net: Known<string>;
    readonly pid: Known<string>;
    readonly mnt: Known<string>;
  };
  readonly threads: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
  /** Descriptors in use and the soft limit (`Max open files`). Read on request only: else unsupported. */
  readonly files: {
    readonly open: Known<number>;
    readonly limit: Known<number>;
    /** The hard limit, to which the process may raise the soft one; left out of older snapshots. */
    readonly hardLimit?: Known<number>;
  };
  /** The few environment variables that tell an origin or a proxy (`originVariables`, `proxyVariables`), never the whole environment. */
  readonly environment: Known<Readonly<Record<string, string>>>;
};

/**
 * The environment variables that a snapshot may hold: these, which tell who started a process, and
 * `proxyVariables`. Everything else in an environment may be a secret and is never read out.
 */
export const originVariables: readonly string[] = [
  'INVOCATION_ID',
  'LISTEN_FDS',
  'LISTEN_PID',
  'SSH_CONNECTION',
  'SSH_TTY',
  'TMUX',
  'TMUX_PANE',
  'STY',
  'ZELLIJ',
  'TERM_PROGRAM',
  'VSCODE_PID',
  'VSCODE_IPC_HOOK_CLI',
  'TERMINAL_EMULATOR',
  'npm_lifecycle_event',
  'npm_package_name',
  'npm_config_user_agent',
  'npm_execpath',
  'PM2_HOME',
  'pm_id',
  'SUPERVISOR_PROCESS_NAME',
  'SUPERVISOR_GROUP_NAME',
  'CLAUDECODE',
  'CLAUDE_CODE_ENTRYPOINT',
  'CODEX_SANDBOX',
  'CODEX_THREAD_ID',
  'CURSOR_AGENT',
  'CURSOR_TRACE_ID',
  'GEMINI_CLI',
  'OPENCODE',
  'AIDER_MODEL',
  'COPILOT_AGENT_SESSION_ID',
  'AGENT',
  'AI_AGENT',
  'GOOSE_TERMINAL',
  'MAKELEVEL',
  'HOMEPORT_SERVICE',
  'COMPOSE_PROJECT_NAME',
  'FLASK_APP',
  'FLASK_RUN_FROM_CLI',
  'DJANGO_SETTINGS_MODULE',
  'RUN_MAIN',
  'WERKZEUG_RUN_MAIN',
  'NODE_ENV',
  'NEXT_RUNTIME',
];

/**
 * Names that say which proxy a client is to use; some clients know one spelling alone. User names and
 * passwords inside their values are blanked.
 */
export const proxyVariables: readonly string[] = [
  'http_proxy',
  'HTTP_PROXY',
  'https_proxy',
  'HTTPS_PROXY',
  'all_proxy',
  'ALL_PROXY',
  'no_proxy',
  'NO_PROXY',
];
