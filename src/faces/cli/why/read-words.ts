import { statSync } from 'node:fs';
import { saysNo } from '../../../diagnose/says-no.ts';
import { invalidInput, isHomeportError } from '../../../model/error.ts';
import { endpointIn } from '../../../model/parse-message.ts';
import { quoted } from '../../../model/parse-quote.ts';
import { parseTarget } from '../../../model/parse-target.ts';
import { shellQuote } from '../../../model/shell-quote.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import type { Target } from '../../../model/target.ts';
import { examples, messageQuestion, type Question } from './question.ts';

const source = 'the words given';

/**
 * Tells whether words are a target or a message: one word is what `parseTarget` takes it for, unless
 * it tells of a failure itself (`ECONNREFUSED`); several are a message, unless they tell of none and
 * name an endpoint. Throws as `parseTarget` does for one word that is neither, and for several
 * endpoints.
 */
export const readWords = async (words: readonly string[]): Promise<Question> => {
  const text = words.join(' ').trim();
  if (text === '') throw invalidInput('the words given are empty', examples);
  return /\s/.test(text) && !prefixed.test(text) ? readSentence(text) : readWord(text);
};

/** Whether a text that came from elsewhere is nothing but an endpoint or a URL. */
export const isEndpoint = (text: string): boolean => {
  const target = /^\S{1,300}$/.test(text) ? targetOf(text) : null;
  return target !== null && !(target instanceof Error) && target.kind === 'endpoint';
};

/** Only behind these does a target hold white space. */
const prefixed = /^(?:unix|name):/i;

const readSentence = async (text: string): Promise<Question> => {
  if (await tellsFailure(text)) return messageQuestion(text, source);
  const endpoint = endpointIn(text) ?? hostAndPort(text);
  if (endpoint === null) refuseSeveral(text.split(/\s+/));
  return endpoint === null || (/\s/.test(text) && saysNo(text))
    ? messageQuestion(text, source)
    : { kind: 'target', target: endpoint };
};

const refuseSeveral = (words: readonly string[]): void => {
  if (!words.every(isTarget)) return;
  throw invalidInput(
    `why takes one endpoint, not ${words.length}`,
    `ask for each: homeport why ${words[0] ?? ''}`,
  );
};

/** Any other word may be one of a sentence. */
const isTarget = (word: string): boolean => {
  const target = targetOf(word);
  return !(target instanceof Error) && (target.kind === 'endpoint' || target.kind === 'pid');
};

/** `localhost 3000`, as nc and telnet have it. */
const hostAndPort = (text: string): string | null => {
  const [host = '', port = '', ...more] = text.split(/\s+/);
  if (more.length > 0 || !/^\d{1,5}$/.test(port)) return null;
  const endpoint = endpointText(host, Number(port));
  const target = targetOf(endpoint);
  const named = host === 'localhost' || host.endsWith('.localhost');
  if (target instanceof Error || target.kind !== 'endpoint') return null;
  return named || target.address !== null ? endpoint : null;
};

const readWord = async (word: string): Promise<Question> => {
  const target = targetOf(word);
  if (mayTellFailure(word, target) && (await tellsFailure(word))) {
    return messageQuestion(word, source);
  }
  if (mayBeFile(word, target) && isFile(word)) {
    throw invalidInput(`${quoted(word)} is a file`, `homeport why --file ${shellQuote(word)}`);
  }
  if (target instanceof Error) throw target;
  return { kind: 'target', target: word };
};

const targetOf = (word: string): Target | Error => {
  try {
    return parseTarget(word);
  } catch (thrown) {
    if (isHomeportError(thrown)) return thrown;
    throw thrown;
  }
};

/** Whether to load the reader of messages at all, which costs more than an endpoint's whole answer. */
const mayTellFailure = (word: string, target: Target | Error): boolean => {
  if (target instanceof Error) return true;
  return target.kind === 'name' ? /\p{Lu}/u.test(word) : /\bE[A-Z]{4}|ERR_|Exception\b/.test(word);
};

const tellsFailure = async (text: string): Promise<boolean> => {
  const { readMessage } = await import('../../../diagnose/messages/read-message.ts');
  return readMessage(text).class !== 'none';
};

/** A name may be that of a program, whatever else is called so here: only a log's is taken for a file's. */
const mayBeFile = (word: string, target: Target | Error): boolean =>
  target instanceof Error || target.kind === 'name'
    ? /\/|\.(?:log|txt|out|err)$/.test(word)
    : target.kind === 'unix' && word.startsWith('/');

const isFile = (path: string): boolean => {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
};
