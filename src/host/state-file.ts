/** A file of Homeport's own, as the one process that holds its lock may use it. */
export type LockedStateFile = {
  /** Its bytes; null: there is none. */
  readonly read: () => Uint8Array | null;
  /**
   * Puts `text` in its place, all or nothing: whatever ends this process or the machine leaves the
   * old file or the new one. Where it throws, the old one is there.
   */
  readonly replace: (text: string) => void;
  /** Puts the file aside under a name of its own, for a person to look at; returns its path. */
  readonly putAside: (now: Date) => string;
};

/**
 * A small file that Homeport keeps from one run to the next, in a folder of the user's own. Every
 * method throws `refused` where the folder or a file is another user's, a link, or open to others'
 * writing, `not-permitted` where the system refuses, and `output-failed` for a full or failing disk.
 */
export type StateFile = {
  readonly path: string;
  /** Its bytes as they are now, without the lock; null: there is none. Makes nothing. */
  readonly read: () => Uint8Array | null;
  /**
   * Runs `work` while no other process does so with this file. The lock dies with its holder. Throws
   * `refused` where one process keeps it for half a minute; rejects with the signal's reason.
   */
  readonly locked: <T>(
    signal: AbortSignal,
    work: (file: LockedStateFile) => T | Promise<T>,
  ) => Promise<T>;
};
