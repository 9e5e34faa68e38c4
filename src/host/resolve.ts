import { type Known, type Unknown, unknown } from '../model/known.ts';
import type { Resolution } from './host.ts';

/**
 * Asks the system's resolver (getaddrinfo(3)) for all addresses of a name, in its order. `gone`: the
 * name has none; `unsupported`: the resolver could not answer, or the signal came first. Never
 * rejects.
 */
export const resolveName = async (
  name: string,
  signal: AbortSignal,
): Promise<Known<Resolution>> => {
  const { lookup } = await import('node:dns/promises');
  if (signal.aborted) return stopped;
  const { promise: aborted, resolve: abort } = Promise.withResolvers<Unknown>();
  const onAbort = (): void => abort(stopped);
  signal.addEventListener('abort', onAbort, { once: true });
  const asked = lookup(name, { all: true, order: 'verbatim' }).then(
    (found): Known<Resolution> => ({
      addresses: found.map(({ address, family }) => ({
        family: family === 6 ? 'ipv6' : 'ipv4',
        address,
      })),
    }),
    failure,
  );
  const answer = await Promise.race([asked, aborted]);
  signal.removeEventListener('abort', onAbort);
  return answer;
};

const stopped = unknown('unsupported', 'stopped before the resolver answered');

/** getaddrinfo's own words for a name without addresses, as Node passes them on. */
const unknownNames: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NODATA']);

const failure = (error: unknown): Unknown => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return unknownNames.has(code)
    ? unknown('gone', 'no such name')
    : unknown('unsupported', `the resolver could not answer (${code})`);
};
