import { isHomeportError } from '../../../../src/model/error.ts';
import { processIo } from '../../../../src/faces/cli/process-io.ts';
import { readQuestion } from '../../../../src/faces/cli/why/read-question.ts';

type Given = {
  readonly positionals?: readonly string[];
  readonly flags?: Readonly<Record<string, true | string>>;
};

/** Reads its question as `homeport why` does, prints it as JSON, then reads on to the end. */
const [given = '{}'] = process.argv.slice(2);
const { positionals = [], flags = {} }: Given = JSON.parse(given);
const invocation = {
  verb: 'why',
  typed: true,
  positionals,
  flags: new Map<string, true | string>(Object.entries(flags)),
};
const io = processIo();
try {
  const question = await readQuestion(invocation, io);
  await io.out.write(`${JSON.stringify(question)}\n`);
  if (question.kind === 'message') await question.drain();
} catch (thrown) {
  if (!isHomeportError(thrown)) throw thrown;
  const { code, message, hint } = thrown;
  await io.out.write(`${JSON.stringify({ error: { code, message, hint } })}\n`);
}
