import { canonicalIp, inBlock } from '../model/ip.ts';

/**
 * Whether clients that use a proxy ask `host` without it, by the value of `NO_PROXY` (`undefined`:
 * not set). `host`: a name, or an address without brackets. There is no standard; this answers yes
 * only where Go's httpproxy, Python's requests and curl do so all three:
 * - entries stand between commas; blanks around them don't count;
 * - `*` as the whole value covers every host, and nothing as one entry of several;
 * - a name covers itself and the names below it, whatever the case; `.name` only those below;
 * - an address covers itself, however written, a block (`127.0.0.0/8`) what lies in it; names are
 *   not resolved, so `localhost` does not cover 127.0.0.1.
 * One exception: an entry with a port (`localhost:3000`, `[::1]:3000`) covers that `port`, as for Go
 * and requests; curl knows no such entries. Pass port 0 to ask for the host whatever its port.
 */
export const bypassesProxy = (noProxy: string | undefined, host: string, port: number): boolean => {
  const value = noProxy?.trim().toLowerCase() ?? '';
  if (value === '*') return true;
  const wanted = host.toLowerCase();
  return value.split(',').some((entry) => covers(entry.trim(), wanted, port));
};

const covers = (entry: string, host: string, port: number): boolean => {
  if (entry === '') return false;
  const address = canonicalIp(host);
  if (address !== null && isCovered(entry, address)) return true;
  if (address === null && isNameCovered(entry, host)) return true;
  const [, bracketed, plain, number] = withPort.exec(entry) ?? [];
  if (number === undefined || Number(number) !== port) return false;
  return covers(bracketed ?? plain ?? '', host, port);
};

/** `[::1]:3000` or `name:3000`; an address with several colons has no port without brackets. */
const withPort = /^(?:\[([^\]]*)\]|([^:[\]]*)):(\d{1,5})$/;

const isNameCovered = (entry: string, host: string): boolean =>
  entry === host || host.endsWith(entry.startsWith('.') ? entry : `.${entry}`);

const isCovered = (entry: string, address: string): boolean =>
  entry.includes('/') ? isInBlock(address, entry) : canonicalIp(entry) === address;

/** What is no block covers nothing: text of the environment may be anything. */
const isInBlock = (address: string, entry: string): boolean => {
  try {
    return inBlock(address, entry);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};
