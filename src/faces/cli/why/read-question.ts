import type { TerminalText } from '../../../host/host.ts';
import { homeportError, invalidInput } from '../../../model/error.ts';
import { isUnknown, type Known } from '../../../model/known.ts';
import { isOn, textOf, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { examples, messageQuestion, type Question } from './question.ts';
import type { Clock, StreamReading } from './read-stream.ts';
import { isEndpoint, readWords } from './read-words.ts';

/** What a test may put in the place of the machine's own. */
export type QuestionOptions = {
  readonly terminalText?: () => Promise<Known<TerminalText>>;
  readonly clock?: Clock;
};

/**
 * Reads what `homeport why` is asked, from one of: its words, `--file`, `--last`, standard input
 * where that is no terminal. Of a log the newest failure counts. Rejects with invalid input for none
 * or several of them and for what can't be read, `not-permitted` where this user may not.
 */
export const readQuestion = async (
  invocation: Invocation,
  io: Io,
  options: QuestionOptions = {},
): Promise<Question> => {
  const { positionals } = invocation;
  const file = textOf(invocation, 'file');
  const last = isOn(invocation, 'last');
  refuseSeveral([positionals.length > 0, file !== null, last]);
  if (last) return readLast(options.terminalText ?? thisTerminal);
  if (file !== null)
    return isStandardInput(file) ? readInput(invocation, io, options) : readLog(file, io, options);
  const [word] = positionals;
  if (word === undefined || (positionals.length === 1 && word === '-')) {
    return readInput(invocation, io, options);
  }
  return readWords(positionals);
};

const refuseSeveral = (given: readonly boolean[]): void => {
  if (given.filter(Boolean).length > 1) {
    throw invalidInput('words, --file and --last exclude one another', 'give one of them');
  }
};

const isStandardInput = (path: string): boolean => ['-', '/dev/stdin', '/dev/fd/0'].includes(path);

const thisTerminal = async (): Promise<Known<TerminalText>> => {
  const { openHost } = await import('../../../host/open-host.ts');
  return openHost().terminalText(new AbortController().signal);
};

const withoutTerminal = 'paste the message, or run it as: COMMAND 2>&1 | homeport why';

const readLast = async (terminalText: () => Promise<Known<TerminalText>>): Promise<Question> => {
  const shown = await terminalText();
  if (isUnknown(shown)) {
    const code = shown.unknown === 'denied' ? 'not-permitted' : 'invalid-input';
    const message = shown.why ?? 'what this terminal shows can’t be read';
    throw homeportError(code, message, { hint: withoutTerminal });
  }
  const { holdsOwnCommand, newestFailure } = await import('./terminal-part.ts');
  const isLate = !shown.source.startsWith('tmux') && !holdsOwnCommand(shown.text);
  const notes = isLate ? [lateFile(shown.source)] : [];
  return messageQuestion(newestFailure(shown.text), shown.source, notes);
};

const lateFile = (source: string): string =>
  `${source} may lack what was shown last: script writes at once with -f`;

const readLog = async (path: string, io: Io, options: QuestionOptions): Promise<Question> => {
  const { readTextFile } = await import('./read-file.ts');
  return questionOf(path, await readTextFile(path, await streamOptions(io, options)));
};

const standardInput = 'standard input';

const readInput = async (
  invocation: Invocation,
  io: Io,
  options: QuestionOptions,
): Promise<Question> => {
  if (isStandardInput(textOf(invocation, 'snapshot') ?? '')) {
    throw invalidInput('standard input is the snapshot already', examples);
  }
  if (io.input.isTerminal()) throw invalidInput('there is nothing to explain', examples);
  const { readStream } = await import('./read-stream.ts');
  const name = standardInput;
  const given = { name, ...(await streamOptions(io, options)) };
  try {
    return questionOf(name, await readStream(io.input.read(), given));
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : null;
    if (code === null || !/^E[A-Z]+$/.test(code)) throw thrown;
    throw homeportError('invalid-input', `standard input can't be read (${code})`, {
      hint: examples,
      cause: thrown,
    });
  }
};

const waiting = 'homeport: no failure in what came so far, waiting for one (Ctrl-C ends)\n';

/** A person who waits is told what for; a program is not. */
const streamOptions = async (io: Io, { clock }: QuestionOptions) => {
  const { hasFailure } = await import('./newest-part.ts');
  return {
    readsFailure: hasFailure,
    onWaiting: () => {
      if (io.err.size() === null) return;
      io.err.write(waiting).catch(() => {});
    },
    ...(clock === undefined ? {} : { clock }),
  };
};

const questionOf = async (source: string, reading: StreamReading): Promise<Question> => {
  const { text, ended, notes, drain } = reading;
  if (text.trim() === '') throw invalidInput(`${source} is empty`, examples);
  if (ended && isEndpoint(text.trim())) return { kind: 'target', target: text.trim() };
  const { newestPart } = await import('./newest-part.ts');
  const part = newestPart(text);
  return { kind: 'message', text: part.text, source, notes: [...notes, ...part.notes], drain };
};
