import { networkInterfaces } from 'node:os';
import { formatIp, inBlock } from '../../model/ip.ts';
import type { InterfaceAddress } from '../../model/machine.ts';
import { textOf } from './boot.ts';
import type { FileReader } from './file-reader.ts';
import { forEachLine } from './lines.ts';
import type { KernelRoot } from './root.ts';

type Addresses = ReadonlyMap<string, readonly InterfaceAddress[]>;

/**
 * IPv4 addresses of the interfaces `names`. Node tells those of running interfaces; those of others (a bridge
 * without members) come from the kernel's own tables, as do all of a machine that is not this one.
 */
export const readIPv4Addresses = (
  root: KernelRoot,
  read: FileReader,
  names: readonly string[],
): Addresses => {
  const found = root.isReal ? fromNode() : new Map<string, InterfaceAddress[]>();
  if (names.every((name) => found.has(name))) return found;
  const known = new Set([...found.values()].flat().map(({ address }) => address));
  const routes = parseRoutes(textOf(read(`${root.proc}/net/route`)) ?? '');
  for (const address of localAddresses(textOf(read(`${root.proc}/net/fib_trie`)) ?? '')) {
    const route = known.has(address) ? undefined : routeTo(routes, address);
    if (route !== undefined) add(found, route.name, address, route.prefixLength);
  }
  return found;
};

/** IPv6 addresses and the indexes of the interfaces that have some: `/proc/net/if_inet6`. */
export const readIPv6Addresses = (
  root: KernelRoot,
  read: FileReader,
): { readonly addresses: Addresses; readonly indexes: ReadonlyMap<string, number> } => {
  const addresses = new Map<string, InterfaceAddress[]>();
  const indexes = new Map<string, number>();
  forEachLine(textOf(read(`${root.proc}/net/if_inet6`)) ?? '', 0, (line) => {
    const [hex = '', index = '', prefix = '', , , name] = line.trim().split(/\s+/);
    if (name === undefined || !/^[0-9a-f]{32}$/.test(hex)) return;
    indexes.set(name, Number.parseInt(index, 16));
    const address = formatIp(Buffer.from(hex, 'hex'));
    push(addresses, name, {
      family: 'ipv6',
      address,
      prefixLength: Number.parseInt(prefix, 16),
    });
  });
  return { addresses, indexes };
};

/** An alias (`eth0:1`) is a label of its interface's address, not an interface. */
const fromNode = (): Map<string, InterfaceAddress[]> => {
  const found = new Map<string, InterfaceAddress[]>();
  for (const [label, entries] of Object.entries(toldByNode())) {
    const name = label.replace(/:.*$/, '');
    for (const { family, address, cidr } of entries ?? []) {
      if (family === 'IPv4') add(found, name, address, Number(cidr?.split('/')[1] ?? 32));
    }
  }
  return found;
};

/** Throws where a sandbox refuses getifaddrs(3): the kernel's tables then tell all. */
const toldByNode = (): ReturnType<typeof networkInterfaces> => {
  try {
    return networkInterfaces();
  } catch {
    return {};
  }
};

const add = (
  found: Map<string, InterfaceAddress[]>,
  name: string,
  address: string,
  prefixLength: number,
): void => push(found, name, { family: 'ipv4', address, prefixLength });

const push = (
  found: Map<string, InterfaceAddress[]>,
  name: string,
  address: InterfaceAddress,
): void => void (found.get(name)?.push(address) ?? found.set(name, [address]));

/** The addresses that `/proc/net/fib_trie` calls `/32 host LOCAL`, each once. */
const localAddresses = (trie: string): ReadonlySet<string> => {
  const found = new Set<string>();
  let last = '';
  forEachLine(trie, 0, (line) => {
    const leaf = /\|-- (\S+)/.exec(line)?.[1];
    if (leaf !== undefined) last = leaf;
    else if (line.trim() === '/32 host LOCAL') found.add(last);
  });
  return found;
};

type Route = { readonly name: string; readonly block: string; readonly prefixLength: number };

const loopback: Route = { name: 'lo', block: '127.0.0.0/8', prefixLength: 8 };

/** Networks that an interface is in by itself: routes of `/proc/net/route` without a gateway. */
const parseRoutes = (text: string): readonly Route[] => {
  const routes = [loopback];
  forEachLine(text, 1, (line) => {
    const [name, target, gateway, , , , , mask] = line.split('\t');
    if (name === undefined || target === undefined || mask === undefined) return;
    const prefixLength = bits(Number.parseInt(mask, 16));
    if (gateway !== '00000000' || prefixLength === 0) return;
    const network = formatIp(Buffer.from(target, 'hex').reverse());
    routes.push({ name, block: `${network}/${prefixLength}`, prefixLength });
  });
  return routes.toSorted((a, b) => b.prefixLength - a.prefixLength);
};

const routeTo = (routes: readonly Route[], address: string): Route | undefined =>
  routes.find(({ block }) => inBlock(address, block));

const bits = (mask: number): number => mask.toString(2).replaceAll('0', '').length;
