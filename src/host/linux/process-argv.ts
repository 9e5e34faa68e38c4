/** As much of a command line as is kept, in bytes. */
export const argvLimit = 65_536;

/**
 * Takes `/proc/<pid>/cmdline` apart at its NULs. A title that the program wrote over its arguments
 * is one element; the NULs it pads with are dropped, as are empty last arguments, which look the
 * same. Invalid UTF-8 is replaced; beyond 64 KiB the last element ends with `…`.
 */
export const parseArgv = (bytes: Buffer): readonly string[] => {
  const cut = bytes.length > argvLimit;
  const end = cut ? characterStart(bytes, argvLimit) : withoutPadding(bytes);
  if (end === 0) return [];
  const text = bytes.toString('utf8', 0, end);
  return (cut ? `${text}…` : text).split('\0');
};

const withoutPadding = (bytes: Buffer): number => {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return end;
};

/** Steps back from the middle of a UTF-8 character to its first byte. */
const characterStart = (bytes: Buffer, at: number): number => {
  let start = at;
  while (start > at - 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  return start;
};
