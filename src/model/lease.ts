/** Whose a lease is: a project, in one of its git worktrees. */
export type LeaseScope = {
  /** The folder that stands for the project: its main worktree's, without git its root. */
  readonly project: string;
  /** The linked worktree's name; null in the main one, and without git. */
  readonly worktree: string | null;
};

/** What a lease of a port is for: the same four give the same port. */
export type LeaseKey = LeaseScope & {
  readonly service: string;
  /** Which of the service's ports: `main`, or a name of one's own such as `debug`. */
  readonly endpoint: string;
};

/** Who holds a lease, and since when. */
export type LeaseHolder = {
  readonly projectName: string;
  /** The worktree's folder, or the project's: where it is gone nobody needs the lease. */
  readonly folder: string;
  readonly uid: number;
  /** The user's name; null where the user database has none. */
  readonly user: string | null;
  /** ISO 8601, UTC. */
  readonly since: string;
};

/** A port kept for one endpoint of a project's service. */
export type Lease = LeaseKey &
  LeaseHolder & {
    /** The project's own address of 127.0.0.0/8; null: the port is kept on every address. */
    readonly address: string | null;
    readonly port: number;
  };

/** An address of 127.0.0.0/8 kept for a project's worktree. */
export type AddressLease = LeaseScope & LeaseHolder & { readonly address: string };

/** All leases of a user on a machine, as they are kept. */
export type LeaseBook = {
  readonly version: 1;
  readonly leases: readonly Lease[];
  readonly addresses: readonly AddressLease[];
};

/** Who has a port at this moment. */
export type PortUser = {
  /** `listens`: it takes connections there; `connects`: an outgoing connection or a bound socket has it. */
  readonly role: 'listens' | 'connects';
  readonly address: string;
  /** null: no process could be seen, or the kernel alone holds it. */
  readonly pid: number | null;
  readonly program: string | null;
  /** The project's folder; null: none, or it could not be seen. */
  readonly project: string | null;
  readonly worktree: string | null;
  readonly relation: 'holder' | 'stranger' | 'unknown';
};

/**
 * Whether a leased port is in use now. `holder`: by the project that has the lease; `stranger`: by
 * another program; `unknown`: by one that could not be seen.
 */
export type PortUse = {
  readonly by: 'nobody' | 'holder' | 'stranger' | 'unknown';
  readonly users: readonly PortUser[];
};

/** What a person should know of a port, with the command that puts it right where there is one. */
export type PortNote = {
  readonly id:
    | 'in-ephemeral-range'
    | 'ephemeral-range-unknown'
    | 'commonly-used'
    | 'no-project'
    | 'taken-by-stranger';
  readonly text: string;
  /** Ready to paste. */
  readonly command?: string;
};
