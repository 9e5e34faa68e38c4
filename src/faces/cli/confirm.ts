import { homeportError } from '../../model/error.ts';
import { isOn, type Invocation } from './invocation.ts';
import type { Io } from './io.ts';

/**
 * Asks whether to go on with a plan that has been shown. `--dry-run` never does, `--yes` does without
 * asking. Throws `refused` where nobody is there to be asked.
 */
export const confirm = async (
  question: string,
  invocation: Invocation,
  io: Io,
): Promise<boolean> => {
  if (isOn(invocation, 'dry-run')) return false;
  if (isOn(invocation, 'yes')) return true;
  if (!io.input.isTerminal() || io.err.size() === null || isOn(invocation, 'json')) {
    throw homeportError('refused', 'nothing was changed: there is nobody to ask', {
      hint: '--yes does it, --dry-run only says what would be done',
    });
  }
  await io.err.write(`${question} [y/N] `);
  return /^\s*y(?:es)?\s*$/i.test(await firstLine(io));
};

const firstLine = async (io: Io): Promise<string> => {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of io.input.read()) {
    text += decoder.decode(piece, { stream: true });
    if (text.includes('\n')) break;
  }
  return text.split('\n', 1)[0] ?? '';
};
