/** Words of a variable's name whose value is nobody else's business. */
const secretName =
  /(?:^|_)(?:\w*(?:secret|token|passw|passphrase|credential|apikey|cookie)\w*|key|keys|auth|pass|pwd|pat|dsn|private|salt|signature|session|cert|certificate|bearer|webhook|connection_?strings?|\w*_key)(?:_|$)/i;

/** Tokens that carry their maker's mark, and JWTs, wherever they stand. */
const secretValue =
  /\b(?:gh[pousr]_|github_pat_|glpat-|sk-|sk_|pk_live_|rk_live_|xox[abprs]-|AKIA|ASIA|AIza|npm_|hf_|ya29\.|eyJ)[\w.-]{8,}|-----BEGIN/;

/** Long text of letters and digits without a word, a path or blanks in it: keys look so. */
const looksRandom = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/=_-]{32,}$/;

/** What a secret becomes. */
export const masked = '***';

/** Harmless in spite of such a name: a login's number, the shell's own folder. */
const harmless: ReadonlySet<string> = new Set([
  'PWD',
  'OLDPWD',
  'XDG_SESSION_ID',
  'XDG_SESSION_TYPE',
]);

/**
 * A variable's value with what may be a secret in it masked: all of it where the name or the value
 * says so, else the user information of URLs and what follows a `password=` in it.
 */
export const maskSecret = (name: string, value: string): string => {
  if (value === '' || harmless.has(name)) return value;
  if (secretName.test(name) || secretValue.test(value) || looksRandom.test(value)) return masked;
  return value
    .replace(/([a-z][a-z\d+.-]*:\/\/)[^\s/]*@/gi, `$1${masked}@`)
    .replace(/((?:password|passwd|pwd|secret|token|key)=)[^\s;&]+/gi, `$1${masked}`);
};
