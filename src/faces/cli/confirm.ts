import { agrees, canAsk, nobodyToAsk, openQuestions } from './ask-line.ts';
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
  if (isOn(invocation, 'json') || !canAsk(io)) throw nobodyToAsk();
  const questions = openQuestions(io);
  try {
    return await agrees(questions, question);
  } finally {
    await questions.close();
  }
};
