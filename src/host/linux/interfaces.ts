import { readdirSync } from 'node:fs';
import { type Known, unknown } from '../../model/known.ts';
import type { InterfaceAddress, NetworkInterface } from '../../model/machine.ts';
import { askIPv4Addresses } from './address-messages.ts';
import { textOf } from './boot.ts';
import type { Ffi } from './ffi.ts';
import type { FileReader } from './file-reader.ts';
import { readIPv4Addresses, readIPv6Addresses } from './interface-addresses.ts';
import { forEachLine } from './lines.ts';
import { closeNetlink, netlinkProtocol, openNetlink } from './netlink.ts';
import type { KernelRoot } from './root.ts';
import { askLink, type Link as KernelLink } from './route-messages.ts';

// IFF_UP and IFF_LOOPBACK of netdevice(7).
const flagUp = 0x1;
const flagLoopback = 0x8;

/** `operstate` of an interface that carries nothing although it is set up. */
const carriesNothing: ReadonlySet<string> = new Set(['down', 'lowerlayerdown', 'notpresent']);

/** The same as numbers: IF_OPER_NOTPRESENT, IF_OPER_DOWN, IF_OPER_LOWERLAYERDOWN of linux/if.h. */
const emptyStates: ReadonlySet<number> = new Set([1, 2, 3]);

/**
 * Reads the interfaces of this network namespace with their addresses, those that are down or have
 * none included, by index. `up`: set up and not known to be without a carrier; with `ffi` the kernel
 * is asked, else sysfs. Never throws.
 */
export const readInterfaces = (
  root: KernelRoot,
  read: FileReader,
  ffi: Ffi | null = null,
): readonly NetworkInterface[] => {
  const names = readNames(root, read);
  const kernel = askKernel(ffi, names);
  const link = kernel?.link ?? sysfsOf(root, read, names);
  const ipv4 = readIPv4Addresses(root, read, names);
  const ipv6 = readIPv6Addresses(root, read);
  return names
    .map((name) => {
      const facts = link(name) ?? untold(name, ipv6.indexes.get(name) ?? 0);
      const own = ipv4.get(name) ?? kernel?.addresses.get(facts.index) ?? [];
      const addresses = [...own, ...(ipv6.addresses.get(name) ?? [])];
      return { name, namespace: 'this', addresses, ...facts };
    })
    .toSorted((a, b) => a.index - b.index || (a.name < b.name ? -1 : 1));
};

type Link = Pick<NetworkInterface, 'index' | 'up' | 'loopback'>;

const untold = (name: string, index: number): Link => ({
  index: name === 'lo' ? 1 : index,
  up: unknown('other-namespace', 'sysfs shows another network namespace'),
  loopback: name === 'lo',
});

/** `/proc/net/dev`: always of our own namespace, which sysfs is not (sysfs(5)). */
const readNames = (root: KernelRoot, read: FileReader): readonly string[] => {
  const names: string[] = [];
  forEachLine(textOf(read(`${root.proc}/net/dev`)) ?? '', 2, (line) => {
    const colon = line.lastIndexOf(':');
    if (colon !== -1) names.push(line.slice(0, colon).trim());
  });
  return names;
};

/** What rtnetlink(7) tells of our own namespace. */
type Kernel = {
  readonly link: (name: string) => Link | null;
  /** By the interface's index. */
  readonly addresses: ReadonlyMap<number, readonly InterfaceAddress[]>;
};

/** null: it can't be asked. */
const askKernel = (ffi: Ffi | null, names: readonly string[]): Kernel | null => {
  const channel = ffi === null ? null : openNetlink(ffi, netlinkProtocol.route);
  if (channel === null || typeof channel === 'number') return null;
  const found = new Map<string, Link>();
  for (const name of names) {
    const link = askLink(channel, name);
    if (typeof link !== 'number') found.set(name, linkOf(link));
  }
  const addresses = askIPv4Addresses(channel);
  closeNetlink(channel);
  return found.size === 0 ? null : { link: (name) => found.get(name) ?? null, addresses };
};

const linkOf = ({ index, flags, state }: KernelLink): Link => ({
  index,
  up: (flags & flagUp) !== 0 && !emptyStates.has(state),
  loopback: (flags & flagLoopback) !== 0,
});

/** Stands among the interfaces where the kernel's bonding driver is loaded. */
const controlFile = 'bonding_masters';

/** A look-up in sysfs; it answers null where sysfs was mounted in another network namespace. */
const sysfsOf = (
  root: KernelRoot,
  read: FileReader,
  names: readonly string[],
): ((name: string) => Link | null) => {
  const folder = `${root.files}/sys/class/net`;
  const seen = new Set(listFolder(folder).filter((name) => name !== controlFile));
  const isOurs = seen.size === names.length && names.every((name) => seen.has(name));
  if (!isOurs) return () => null;
  return (name) => {
    const fact = (file: string): string => textOf(read(`${folder}/${name}/${file}`))?.trim() ?? '';
    const flags = Number(fact('flags') || Number.NaN);
    return {
      index: Number(fact('ifindex')),
      up: upOf(flags, fact('operstate')),
      loopback: Number.isNaN(flags) ? name === 'lo' : (flags & flagLoopback) !== 0,
    };
  };
};

const upOf = (flags: number, state: string): Known<boolean> =>
  Number.isNaN(flags)
    ? unknown('unsupported', 'sysfs does not tell')
    : (flags & flagUp) !== 0 && !carriesNothing.has(state);

const listFolder = (path: string): readonly string[] => {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
};
