import { isHomeportError, type ErrorCode } from '../../model/error.ts';
import { isClosedOutput, type Io } from './io.ts';

const exitCodes: Readonly<Record<ErrorCode, number>> = {
  'invalid-input': 2,
  'not-permitted': 3,
  refused: 4,
  'output-failed': 1,
  unsupported: 70,
  internal: 70,
};

/** How a failure is told: `json` as one JSON object a line, else as sentences. */
export type FailureStyle = { readonly json: boolean; readonly colours: boolean };

/**
 * Tells on the error stream what was thrown and returns the exit code. A reader that went away is
 * no failure. A stack trace is shown only with HOMEPORT_DEBUG=1.
 */
export const reportFailure = async (
  thrown: unknown,
  io: Io,
  style: FailureStyle,
): Promise<number> => {
  if (isClosedOutput(thrown)) return 0;
  const failure = describe(thrown);
  const text = style.json ? await jsonText(failure) : await sentences(failure, style.colours);
  const stack = io.env['HOMEPORT_DEBUG'] === '1' && thrown instanceof Error ? thrown.stack : null;
  try {
    await io.err.write(`${text}${stack ? `${await safe(stack)}\n` : ''}`);
  } catch {
    // Nobody reads it, or the disk is full: the exit code says it all the same.
  }
  return exitCodes[failure.code];
};

type Failure = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | null;
};

const describe = (thrown: unknown): Failure => {
  if (isHomeportError(thrown)) {
    return { code: thrown.code, message: thrown.message, hint: thrown.hint };
  }
  return {
    code: 'internal',
    message: `a fault of Homeport itself: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    hint: 'HOMEPORT_DEBUG=1 shows where',
  };
};

const sentences = async ({ message, hint }: Failure, colours: boolean): Promise<string> => {
  const { paintLines, span } = await import('./text/line.ts');
  const first = [span('homeport: ', 'danger'), span(message)];
  const second = hint === null ? [] : [[span(`hint: ${hint}`, 'dim')]];
  return paintLines([first, ...second], colours);
};

const jsonText = async (error: Failure): Promise<string> => {
  const { jsonLine } = await import('./write-json.ts');
  return jsonLine({ error });
};

const safe = async (text: string): Promise<string> => {
  const { escapeLines } = await import('./text/escape.ts');
  return escapeLines(text);
};
