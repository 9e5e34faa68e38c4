import { readFileSync } from 'node:fs';
import { type Known, unknown } from '../../model/known.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import { maskSecret } from '../mask-secret.ts';
import { reasonOf } from './errno.ts';
import { errnoOf } from './file-reader.ts';
import { isRunning, type ProcessContext } from './processes.ts';

/** The environment that a process was started with (proc_pid_environ(5)), secrets masked. */
export const readMaskedEnvironment = (
  context: ProcessContext,
  identity: ProcessIdentity,
): Known<Readonly<Record<string, string>>> => {
  try {
    const text = readFileSync(`${context.root.proc}/${identity.pid}/environ`, 'utf8');
    return isRunning(context, identity) ? parse(text) : unknown('gone');
  } catch (error) {
    return unknown(reasonOf(errnoOf(error)));
  }
};

const parse = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text.split('\0').flatMap((entry) => {
      const equals = entry.indexOf('=');
      if (equals < 1) return [];
      const name = entry.slice(0, equals);
      return [[name, maskSecret(name, entry.slice(equals + 1))]];
    }),
  );
