/** A terminal's size in cells. */
export type Size = { readonly columns: number; readonly rows: number };

/** Where text goes. */
export type Output = {
  /** The terminal's size now; null: this is no terminal. */
  readonly size: () => Size | null;
  /** Resolves when the text is handed over. Rejects with `closedOutput` where nobody reads any more. */
  readonly write: (text: string) => Promise<void>;
};

/** Where text comes from. */
export type Input = {
  /** Whether a person would have to type it. */
  readonly isTerminal: () => boolean;
  /** What comes, piece by piece. Nothing of it is touched before the first piece is asked for. */
  readonly read: () => AsyncIterable<Uint8Array>;
};

/** What a verb may touch of the world outside: its streams, its environment, its signals. */
export type Io = {
  readonly input: Input;
  readonly out: Output;
  readonly err: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls `listener` at each of these events; the function returned ends that. */
  readonly on: (event: IoEvent, listener: () => void) => () => void;
  /** Stops this process as Ctrl-Z does (`stop`), or ends it as the signal would have. */
  readonly signalSelf: (signal: 'SIGSTOP' | 'SIGTERM' | 'SIGHUP') => void;
};

export type IoEvent = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGTSTP' | 'SIGCONT' | 'resize';

const closedCode = 'HOMEPORT_CLOSED_OUTPUT';

/** The error of a reader that went away, as `| head` does: not a failure, nothing to say. */
export const closedOutput = (): Error =>
  Object.assign(new Error('nobody reads the output any more'), { code: closedCode });

/** Whether something thrown is `closedOutput`. */
export const isClosedOutput = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === closedCode;
