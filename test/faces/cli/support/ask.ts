import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What `homeport why` is given. */
export type Asked = {
  readonly positionals?: readonly string[];
  readonly flags?: Readonly<Record<string, true | string>>;
  /** As which user it runs. */
  readonly uid?: number;
};

/** Node's arguments that read a question as `homeport why` does and print it as JSON. */
export const askArguments = ({ positionals = [], flags = {} }: Asked): string[] => [
  fileURLToPath(new URL('ask-question.ts', import.meta.url)),
  JSON.stringify({ positionals, flags }),
];

/** Starts that; its streams are pipes. */
export const startAsk = (asked: Asked): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, askArguments(asked), {
    stdio: 'pipe',
    ...(asked.uid === undefined ? {} : { uid: asked.uid, gid: asked.uid }),
  });

/** Runs it to its end with `input` on its standard input. */
export const cliAsk = async (asked: Asked, input: string | Uint8Array = '') => {
  const child = startAsk(asked);
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  const answer: unknown = text.out === '' ? null : JSON.parse(text.out);
  return { code: Number(code), err: text.err, answer };
};
