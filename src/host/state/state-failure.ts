import { homeportError, isHomeportError } from '../../model/error.ts';
import { codeOf } from './own-path.ts';

/** What a failed reading or writing of a state file throws: typed, with the system's code in words. */
export const stateFailure = (path: string, what: 'read' | 'written', thrown: unknown): Error => {
  if (isHomeportError(thrown)) return thrown;
  const code = codeOf(thrown) ?? String(thrown);
  const message = `${path} could not be ${what} (${code})`;
  if (denied.has(code)) {
    return homeportError('not-permitted', message, {
      hint: 'set HOMEPORT_STATE to a folder of your own',
      cause: thrown,
    });
  }
  const hint =
    what === 'written' ? `${reasons[code] ?? 'the disk failed'}; nothing was changed` : null;
  return homeportError('output-failed', message, {
    ...(hint === null ? {} : { hint }),
    cause: thrown,
  });
};

const denied: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left there',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the disk reports an error',
  EMFILE: 'too many files are open',
};
