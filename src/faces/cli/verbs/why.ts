import type { Diagnosis } from '../../../model/diagnosis.ts';
import { wantsColours } from '../colours.ts';
import { isOn, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openContext } from '../open-context.ts';
import { paintLines } from '../text/line.ts';
import { commonView } from '../view.ts';
import type { MessageQuestion, Question } from '../why/question.ts';
import { readQuestion } from '../why/read-question.ts';
import { writeJson } from '../write-json.ts';

/**
 * `homeport why`: 0 where nothing fails, 1 where something does. A writer that goes on is read until it
 * ends, so that looking at what it prints does not end it.
 */
export const runWhy = async (invocation: Invocation, io: Io): Promise<number> => {
  const question = await readQuestion(invocation, io);
  try {
    return await (isOn(invocation, 'message-only')
      ? answerMessage(question, invocation, io)
      : answerQuestion(question, invocation, io));
  } finally {
    if (question.kind === 'message') await question.drain();
  }
};

const answerQuestion = async (
  question: Question,
  invocation: Invocation,
  io: Io,
): Promise<number> => {
  const context = await openContext(invocation);
  const { why } = await import('../../../operations/why.ts');
  const about =
    question.kind === 'target' ? { target: question.target } : { message: question.text };
  const told = await why(context, { ...about, probe: !isOn(invocation, 'no-probe') });
  const diagnosis = withNotes(told, question);
  if (isOn(invocation, 'json')) await writeJson(diagnosis, io.out);
  else await show(diagnosis, question, invocation, io);
  return diagnosis.verdict === 'works' || diagnosis.verdict === 'nothing-told' ? 0 : 1;
};

const show = async (
  diagnosis: Diagnosis,
  question: Question,
  invocation: Invocation,
  io: Io,
): Promise<void> => {
  const { renderDiagnosis } = await import('../render/why.ts');
  const lines = renderDiagnosis(diagnosis, {
    ...commonView(invocation, io),
    verbose: isOn(invocation, 'verbose'),
    source: sourceOf(question),
  });
  await io.out.write(paintLines(lines, wantsColours(io.out, io.env, invocation)));
};

/** What was left out of a text is said beside what was read of it. */
const withNotes = (diagnosis: Diagnosis, question: Question): Diagnosis => {
  const { message } = diagnosis;
  if (message === null || question.kind !== 'message') return diagnosis;
  return { ...diagnosis, message: { ...message, notes: [...question.notes, ...message.notes] } };
};

/** Words on the command line need no place. */
const sourceOf = (question: Question): string | null =>
  question.kind === 'target' || question.source === 'the words given' ? null : question.source;

/** `--message-only`: what the text says, and nothing is looked at. */
const answerMessage = async (
  question: Question,
  invocation: Invocation,
  io: Io,
): Promise<number> => {
  const { readMessage } = await import('../../../diagnose/messages/read-message.ts');
  const asked: Pick<MessageQuestion, 'text' | 'notes'> =
    question.kind === 'message' ? question : { text: question.target, notes: [] };
  const read = readMessage(asked.text);
  const message = { ...read, notes: [...asked.notes, ...read.notes] };
  if (isOn(invocation, 'json')) {
    await writeJson(message, io.out);
    return 0;
  }
  const { renderMessage } = await import('../render/why.ts');
  const lines = renderMessage(message, sourceOf(question));
  await io.out.write(paintLines(lines, wantsColours(io.out, io.env, invocation)));
  return 0;
};
