/**
 * The value of a proxy variable with the user information of its URL (RFC 3986 3.2.1) replaced:
 * `http://ann:secret@proxy:3128` is `http://***@proxy:3128`. All up to the last `@` goes, because
 * passwords are written unescaped too.
 */
export const blankUserInfo = (value: string): string =>
  value.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1***@');
