import type { PortWant } from '../model/port-want.ts';

/** What a format finds in a file, which does not know its own name. */
export type FoundWant = Omit<PortWant, 'file'>;

/** The variables that files of the same folder set: what `${PORT}` stands for. */
export type Variables = Readonly<Record<string, string>>;

/** A kind of file that tells which ports a project wants. `read` never throws for odd contents. */
export type PortFormat = {
  readonly id: string;
  /** Names of such files, for a person. */
  readonly names: string;
  /** Whether a file of this name, without its folder, is one. */
  readonly covers: (name: string) => boolean;
  readonly read: (text: string, variables: Variables) => Promise<readonly FoundWant[]>;
};

/** A want that something is to listen on, with what is usual. */
export const serves = (
  want: Pick<FoundWant, 'line' | 'what' | 'service' | 'port'> & Partial<FoundWant>,
): FoundWant => ({ role: 'serves', transport: 'tcp', address: null, assumed: false, ...want });

/** The number of the line, from 1, that an offset of a text is in. */
export const lineAt = (text: string, offset: number): number =>
  text.slice(0, offset).split('\n').length;

/**
 * A text with `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME-default}` replaced, as shells and
 * compose files have it; a variable that is not known and has no default becomes empty.
 */
export const expand = (text: string, variables: Variables): string =>
  text.replace(
    /\$(?:\{(\w+)(?::?-([^{}]*))?(?::?\?[^{}]*)?\}|(\w+))/g,
    (_, braced?: string, fallback?: string, plain?: string) =>
      valueOf(variables, braced ?? plain ?? '') ?? fallback ?? '',
  );

const valueOf = (variables: Variables, name: string): string | null =>
  Object.hasOwn(variables, name) ? (variables[name] ?? null) : null;
