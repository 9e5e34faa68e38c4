/** A file's text; `path` is relative to the checkout, with forward slashes. */
export type SourceText = { readonly path: string; readonly text: string };

/** One breach of one rule; `line` counts from 1, 0 means the file as a whole. */
export type Offence = { readonly path: string; readonly line: number; readonly message: string };

/**
 * One rule of the house that no ready-made linter knows. `check` is a pure function of all the
 * files that `covers` takes; `note` says in a line what was measured.
 */
export type Lint = {
  readonly id: string;
  readonly covers: (path: string) => boolean;
  readonly check: (files: readonly SourceText[]) => readonly Offence[];
  readonly note?: (files: readonly SourceText[]) => string;
};

/** Takes TypeScript below src/ that people write: data made by a script has no style. */
export const isWrittenSource = (path: string): boolean =>
  path.startsWith('src/') && path.endsWith('.ts') && !isGenerated(path);

/** Tells whether a script makes this file. */
export const isGenerated = (path: string): boolean =>
  path.endsWith('.generated.ts') || path.includes('/generated/');
