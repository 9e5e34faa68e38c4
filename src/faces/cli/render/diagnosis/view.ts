/** How a diagnosis is shown. */
export type DiagnosisView = {
  /** Room in cells; null: no terminal, nothing is cut or wrapped. */
  readonly columns: number | null;
  readonly verbose: boolean;
  /** Whether `sudo` would show more of this machine. */
  readonly sudoHelps: boolean;
  /** Where the text came from, as `line 3 of app.log` says it; null where an endpoint was named. */
  readonly source: string | null;
};
