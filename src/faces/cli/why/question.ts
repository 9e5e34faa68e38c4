/** What `homeport why` was asked. */
export type Question = TargetQuestion | MessageQuestion;

/** An endpoint, a URL, a process, a name: what `parseTarget` reads. */
export type TargetQuestion = { readonly kind: 'target'; readonly target: string };

/** An error message, or a log that may hold one. */
export type MessageQuestion = {
  readonly kind: 'message';
  readonly text: string;
  /** Where it is from: `the words given`, `standard input`, `app.log`, `tmux pane %3`. */
  readonly source: string;
  /** What of it was left out, a sentence each. */
  readonly notes: readonly string[];
  /**
   * To be awaited after the answer: where the writer of the text goes on, it reads on until that one
   * ends. Never rejects.
   */
  readonly drain: () => Promise<void>;
};

/** Makes the question about a text of which nothing is still to come. */
export const messageQuestion = (
  text: string,
  source: string,
  notes: readonly string[] = [],
): MessageQuestion => ({ kind: 'message', text, source, notes, drain: async () => {} });

/** For whoever gave none, or too many. */
export const examples =
  'homeport why localhost:3000, homeport why "connect ECONNREFUSED ::1:3000", npm run dev 2>&1 | homeport why';
