import type { ExposureLevel } from '../model/listener.ts';
import type { NetworkInterface } from '../model/machine.ts';
import { scopeOf } from '../model/scope.ts';
import type { Family, Namespace } from '../model/socket.ts';

/** One address of an interface that is up, and who reaches it there before any firewall. */
export type Reach = {
  readonly family: Family;
  readonly address: string;
  readonly interfaceName: string;
  readonly loopback: boolean;
  /** The interface's name where the address means nothing without it (IPv6 link-local), else null. */
  readonly zone: string | null;
  readonly level: ExposureLevel;
  /** Who that is, a clause: `machines on the network of eth0 reach it`. */
  readonly who: string;
};

/**
 * The addresses of a namespace's interfaces that are up (or not known to be down). Pure in its
 * arguments; kept for each interface list, because 10,000 listeners of a snapshot share one.
 */
export const reachesOf = (
  interfaces: readonly NetworkInterface[],
  namespace: Namespace,
): readonly Reach[] => {
  const known = cache.get(interfaces) ?? new Map<Namespace, readonly Reach[]>();
  cache.set(interfaces, known);
  const cached = known.get(namespace);
  if (cached !== undefined) return cached;
  const reaches = interfaces
    .filter((one) => one.namespace === namespace && one.up !== false)
    .flatMap((one) => one.addresses.map(({ family, address }) => reachOf(one, family, address)));
  known.set(namespace, reaches);
  return reaches;
};

/** Who reaches an address, from its scope and the interface that has it (null: none was found). */
export const levelOf = (
  address: string,
  interfaceName: string | null,
): Pick<Reach, 'level' | 'who'> => {
  const scope = scopeOf(address);
  if (scope === 'loopback') return { level: 'this-machine', who: 'only this machine reaches it' };
  if (interfaceName !== null && isInternalBridge(interfaceName)) {
    return {
      level: 'this-machine',
      who: `only containers or guests on ${interfaceName} and this machine reach it`,
    };
  }
  const network = interfaceName === null ? 'its network' : `the network of ${interfaceName}`;
  return scope === 'public'
    ? { level: 'anyone-routed', who: 'a public address: whoever is routed to it reaches it' }
    : {
        level: 'local-network',
        who: `a ${scope ?? 'private'} address: machines on ${network} reach it`,
      };
};

/**
 * Whether an interface is a bridge that joins only containers or virtual machines of this machine,
 * by the names that their engines give: Docker, Podman, CNI, libvirt, LXC, LXD.
 */
export const isInternalBridge = (name: string): boolean =>
  /^(?:docker\d+|docker_gwbridge|br-[0-9a-f]{12}|podman\d+|cni\d+|cni-podman\d+|virbr\d+|lxcbr\d+|lxdbr\d+|veth.+)$/.test(
    name,
  );

const cache = new WeakMap<readonly NetworkInterface[], Map<Namespace, readonly Reach[]>>();

const reachOf = (one: NetworkInterface, family: Family, address: string): Reach => {
  const { level, who } = one.loopback ? levelOf('127.0.0.1', null) : levelOf(address, one.name);
  const scope = scopeOf(address);
  return {
    family,
    address,
    interfaceName: one.name,
    loopback: scope === 'loopback',
    zone: family === 'ipv6' && scope === 'link-local' ? one.name : null,
    level,
    who,
  };
};
