/**
 * A whole number below 2^32 made from texts, the same on every machine and in every version: the
 * order in which ports are tried rests on it. FNV-1a over UTF-16 units, mixed as MurmurHash3 ends.
 */
export const hashOf = (...texts: readonly (string | number | null)[]): number => {
  const text = JSON.stringify(texts);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};
