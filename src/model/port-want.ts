/** A port that a file of a project asks for. */
export type PortWant = {
  /** The file, as it was named. */
  readonly file: string;
  /** From 1; null where it could not be told. */
  readonly line: number | null;
  /** The file's own words for it: `PORT`, `script dev`, `service web`, `server.port`. */
  readonly what: string;
  /** The service that is to have it; null: the program of that folder itself. */
  readonly service: string | null;
  /** `serves`: something is to listen there; `refers`: something else is looked for there. */
  readonly role: 'serves' | 'refers';
  readonly transport: 'tcp' | 'udp';
  /** null: not said. */
  readonly address: string | null;
  readonly port: number;
  /** Whether it is the program's default, which the file does not say. */
  readonly assumed: boolean;
};

/** Why a wanted port will not do, or may not. `notice`: it may do all the same. */
export type PortClash = {
  readonly id:
    | 'wanted-twice'
    | 'leased'
    | 'in-use'
    | 'no-port'
    | 'blocked-by-browsers'
    | 'in-ephemeral-range';
  readonly severity: 'clash' | 'notice';
  readonly port: number;
  readonly text: string;
  readonly wants: readonly PortWant[];
};
