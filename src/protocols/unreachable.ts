/**
 * Why a connection could not be made, as one sentence for a person. Codes: connect(2), and what
 * Node adds to them.
 */
export const whyUnreachable = (thrown: unknown): string => {
  const code = codeOf(thrown);
  const why = code === null ? undefined : reasons.get(code);
  if (why !== undefined) return `${why} (${code})`;
  return thrown instanceof Error ? thrown.message : String(thrown);
};

const codeOf = (thrown: unknown): string | null =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : null;

const reasons: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'the connection was refused: nobody accepts there'],
  ['ETIMEDOUT', 'the connection was not answered: a filter drops it, or the accept queue is full'],
  ['ECONNRESET', 'the connection was reset while it was made'],
  ['EHOSTUNREACH', 'no route leads to that host'],
  ['ENETUNREACH', 'no route leads to that network'],
  ['EADDRNOTAVAIL', 'that address can not be reached from this machine'],
  ['ENOENT', 'there is no such socket file'],
  ['ENOTSOCK', 'that file is not a socket'],
  ['EPROTOTYPE', 'that socket is not a stream socket'],
  ['EACCES', 'this user may not connect there'],
  ['EPERM', 'a rule of this machine forbids the connection'],
  ['EAGAIN', 'the accept queue is full'],
  ['EMFILE', 'this process has no descriptor left'],
]);
