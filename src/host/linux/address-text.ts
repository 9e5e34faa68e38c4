const mostIpv4Texts = 4096;
const ipv6Slots = 1024;
const words = new Uint32Array(4);
const bytes = new Uint8Array(words.buffer);

// Most of a machine's sockets share a handful of addresses: a string that is shared instead of made
// again for each of 50,000 sockets keeps memory and time down. Both caches are bounded.
const ipv4Texts = new Map<number, string>();
const ipv6Keys = new Uint32Array(ipv6Slots * 4);
const ipv6Texts: string[] = Array.from({ length: ipv6Slots }, () => '');

/**
 * The text of an IPv4 address, of four bytes in network order, given as the word that the kernel
 * gives: in native byte order, as read from netlink or from `%08X` of /proc/net/tcp.
 */
export const ipv4Text = (word: number): string => {
  const known = ipv4Texts.get(word);
  if (known !== undefined) return known;
  words[0] = word;
  const text = dotted(0);
  if (ipv4Texts.size >= mostIpv4Texts) ipv4Texts.clear();
  ipv4Texts.set(word, text);
  return text;
};

/**
 * The text of an IPv6 address in RFC 5952's canonical form (IPv4-mapped ones with a dotted tail),
 * given as four words in native byte order as `ipv4Text` takes them.
 */
export const ipv6Text = (a: number, b: number, c: number, d: number): string => {
  if ((a | b | c | d) === 0) return '::';
  const slot = (Math.imul(a ^ (c << 7) ^ b, 0x9e3779b1) ^ Math.imul(d, 0x85ebca6b)) >>> 22;
  const at = slot * 4;
  const isKnown =
    ipv6Keys[at] === a &&
    ipv6Keys[at + 1] === b &&
    ipv6Keys[at + 2] === c &&
    ipv6Keys[at + 3] === d;
  if (!isKnown) {
    words.set([a, b, c, d]);
    ipv6Keys.set(words, at);
    ipv6Texts[slot] = hexadecimal();
  }
  return ipv6Texts[slot] ?? '';
};

const dotted = (at: number): string =>
  `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;

const hexadecimal = (): string => {
  const groups = Array.from({ length: 8 }, (_, index) => group(index));
  const mapped = groups.every((value, index) => index > 5 || value === (index === 5 ? 0xffff : 0));
  if (mapped) return `::ffff:${dotted(12)}`;
  const [start, length] = longestZeroRun(groups);
  const hex = groups.map((value) => value.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
};

const group = (index: number): number =>
  ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0);

/** Start and length of the first longest run of zero groups (RFC 5952 section 4.2). */
const longestZeroRun = (groups: readonly number[]): readonly [start: number, length: number] => {
  let best: readonly [number, number] = [0, 0];
  let length = 0;
  groups.forEach((value, index) => {
    length = value === 0 ? length + 1 : 0;
    if (length > best[1]) best = [index - length + 1, length];
  });
  return best;
};
