/** The parts of a project's manifest that judgements need. */
export type Manifest = {
  /** `package.json`, `pyproject.toml`, `go.mod` … */
  readonly file: string;
  readonly name: string | null;
  readonly scripts: readonly string[];
  /** Names of the direct dependencies, development ones included. */
  readonly dependencies: readonly string[];
  /** Ports that its scripts name, each once; left out where they name none. */
  readonly ports?: readonly number[];
};

/** What the files around a working directory say; read from files, no `git` process. */
export type ProjectFacts = {
  /** The folder that the nearest marker stands in. */
  readonly root: string;
  /** Names of the marker files found in `root`: `package.json`, `manage.py`, `.git` … */
  readonly markers: readonly string[];
  readonly manifest: Manifest | null;
  readonly git: {
    readonly root: string;
    /** null: detached HEAD. */
    readonly branch: string | null;
    /** The linked worktree's name; null in the main one. */
    readonly worktree: string | null;
    /** The main worktree's folder. */
    readonly mainRoot: string;
  } | null;
};
