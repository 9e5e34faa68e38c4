/** A piece of input for an error's one line: quoted, escaped, and cut after 60 characters. */
export const quoted = (text: string): string => {
  const cut = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return JSON.stringify(cut).replace(/[\p{Zl}\p{Zp}\p{Cc}\p{Cf}\p{Cs}]/gu, escapeCharacter);
};

const escapeCharacter = (character: string): string =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
