/** A socket cookie as `ss` prints it after `sk:`: lower-case hex of its 64 bits, without 0x. */
export const cookieText = (low: number, high: number): string =>
  high === 0 ? low.toString(16) : `${high.toString(16)}${low.toString(16).padStart(8, '0')}`;

let last = { low: 0, high: 0, text: '0' };

/** A 64-bit id (a cgroup's) as decimal text. Neighbours in a dump mostly share one: it is made once. */
export const wideText = (low: number, high: number): string => {
  if (last.low !== low || last.high !== high)
    last = { low, high, text: String((BigInt(high) << 32n) | BigInt(low)) };
  return last.text;
};
