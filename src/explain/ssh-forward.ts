/**
 * What an `ssh` command line forwards, for a person: `ssh forward to db:5432 through bastion`; null
 * where it names no forward (its config file may). Options as in OpenSSH's ssh(1): `-L`, `-R` and
 * `-D`, joined with others (`-fNL`) or with their value (`-D1080`), before or after the host; what
 * follows the host without a dash is a command. `words`: what follows `ssh`.
 */
export const sshForwardLabel = (words: readonly string[]): string | null => {
  const { forwards, destination } = parse(words);
  const host = destination ?? 'its host';
  const [first, ...others] = forwards.map((forward) => describe(forward, host));
  if (first === undefined) return null;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
};

type Forward = { readonly kind: 'L' | 'R' | 'D'; readonly value: string };

/** The letters of ssh(1) that take a value. */
const valued = /[BbcDEeFIiJLlmOoPpQRSWw]/;

const parse = (words: readonly string[]) => {
  const forwards: Forward[] = [];
  let destination: string | null = null;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!/^-./.test(word)) {
      if (destination !== null) break;
      destination = word;
      continue;
    }
    const letterAt = word.search(valued);
    const kind = word[letterAt];
    const joined = letterAt > 0 && letterAt + 1 < word.length;
    const value = joined ? word.slice(letterAt + 1) : (words[at + 1] ?? '');
    at += letterAt > 0 && !joined ? 1 : 0;
    if (kind === 'L' || kind === 'R' || kind === 'D') forwards.push({ kind, value });
  }
  return { forwards, destination };
};

const describe = ({ kind, value }: Forward, host: string): string => {
  const parts = value.match(/\[[^\]]*\]|[^:]+/g) ?? [];
  const isSocket = parts.at(-1)?.startsWith('/') === true;
  if (kind === 'D') return `ssh SOCKS proxy through ${host}`;
  if (kind === 'R' && parts.length < 3 && !isSocket) return `ssh SOCKS proxy for ${host}`;
  const to = isSocket ? (parts.at(-1) ?? value) : parts.slice(-2).join(':');
  return kind === 'L'
    ? `ssh forward to ${to} through ${host}`
    : `ssh reverse forward of ${host}:${parts[parts.length - (isSocket ? 2 : 3)] ?? '?'} to ${to}`;
};
