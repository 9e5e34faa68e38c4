/**
 * `invalid-input`: what the user gave can't be right (exit 2); `not-permitted`: the kernel or the
 * owner refuses (3); `refused`: Homeport refuses for safety (4); `output-failed`: the
 * answer could not be written (1); `unsupported`: this platform or kernel can't do it (70);
 * `internal`: a fault of Homeport itself (70).
 */
export type ErrorCode =
  | 'invalid-input'
  | 'not-permitted'
  | 'refused'
  | 'output-failed'
  | 'unsupported'
  | 'internal';

/** An error with a code that programs can test and a hint that says what would be right. */
export type HomeportError = Error & { readonly code: ErrorCode; readonly hint: string | null };

const codes: ReadonlySet<string> = new Set<ErrorCode>([
  'invalid-input',
  'not-permitted',
  'refused',
  'output-failed',
  'unsupported',
  'internal',
]);

/**
 * Makes a typed error. `message` is one line that says what is wrong, without a full stop;
 * `hint` one line that says what would be right.
 */
export const homeportError = (
  code: ErrorCode,
  message: string,
  options: { hint?: string; cause?: unknown } = {},
): HomeportError =>
  Object.assign(new Error(message, options.cause === undefined ? {} : { cause: options.cause }), {
    code,
    hint: options.hint ?? null,
  });

/** Makes the error for input that can't be right: exit code 2, nothing changed. */
export const invalidInput = (message: string, hint?: string): HomeportError =>
  homeportError('invalid-input', message, hint === undefined ? {} : { hint });

/** Tells whether something thrown is one of Homeport's typed errors. */
export const isHomeportError = (thrown: unknown): thrown is HomeportError =>
  thrown instanceof Error && 'hint' in thrown && 'code' in thrown && codes.has(String(thrown.code));
