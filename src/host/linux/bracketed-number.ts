/**
 * The decimal number in `prefix[N]` at the start of `bytes`, as the kernel names sockets
 * (`socket:[123]`) and namespaces (`net:[123]`) in links; -1 where the link is something else.
 * `prefix` includes the bracket. Allocates nothing.
 */
export const bracketedNumber = (bytes: Uint8Array, length: number, prefix: Uint8Array): number => {
  for (let index = 0; index < prefix.length; index += 1)
    if (bytes[index] !== prefix[index]) return -1;
  let value = 0;
  for (let index = prefix.length; index < length; index += 1) {
    const digit = (bytes[index] ?? 0) - 48;
    if (digit < 0 || digit > 9)
      return isLastBracket(bytes, index, length) && index > prefix.length ? value : -1;
    value = value * 10 + digit;
  }
  return -1;
};

const isLastBracket = (bytes: Uint8Array, index: number, length: number): boolean =>
  bytes[index] === 93 && index === length - 1;
