import type { Firewall } from './firewall.ts';
import type { Known } from './known.ts';

/** One line of the hosts file: an address and the names that it has there (hosts(5)). */
export type HostsEntry = {
  /** From 1. */
  readonly line: number;
  /** As written. */
  readonly address: string;
  /** In lower case. */
  readonly names: readonly string[];
};

export type HostsFile = { readonly path: string; readonly entries: readonly HostsEntry[] };

/** How this machine turns names into addresses. */
export type ResolverFacts = {
  /** `nameserver` lines of resolv.conf(5), in order. */
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  /** The sources of the `hosts:` line of nsswitch.conf(5), without actions; glibc's default where there is none. */
  readonly sources: readonly string[];
};

/** What the kernel would do with a packet to an address (rtnetlink(7), `ip route get`). */
export type Route = {
  readonly kind:
    | 'local'
    | 'unicast'
    | 'broadcast'
    | 'multicast'
    | 'anycast'
    | 'blackhole'
    | 'unreachable'
    | 'prohibit'
    | 'none';
  readonly interface: string | null;
  readonly gateway: string | null;
  /** The address that the kernel would send from. */
  readonly source: string | null;
};

/** How much of something there is, and how much there may be. */
export type Use = { readonly used: number; readonly limit: number };

/**
 * What of this machine's network stands between two local programs, beside interfaces and sockets.
 * Settings are those of the network namespace that Homeport runs in.
 */
export type NetworkFacts = {
  readonly hostsFile: Known<HostsFile>;
  readonly resolver: Known<ResolverFacts>;
  /** Asked-for address → its route: 127.0.0.1 and ::1 always. */
  readonly routes: Readonly<Record<string, Known<Route>>>;
  readonly firewall: Known<Firewall>;
  /** Tracked connections; null: the kernel tracks none here. */
  readonly conntrack: Known<Use> | null;
  /** `net.ipv6.conf.{all,lo}.disable_ipv6`; null: this kernel has no IPv6. */
  readonly ipv6Disabled: { readonly all: Known<boolean>; readonly lo: Known<boolean> } | null;
  /** `net.ipv6.bindv6only`; null: this kernel has no IPv6. */
  readonly bindV6Only: Known<boolean> | null;
  /** `net.ipv4.ip_nonlocal_bind`: whether an address may be bound that no interface has. */
  readonly nonlocalBind: Known<boolean>;
  /** `net.ipv4.tcp_abort_on_overflow`: whether a full accept queue answers with a reset. */
  readonly abortOnOverflow: Known<boolean>;
  /** `net.core.somaxconn`: the longest accept queue. */
  readonly longestAcceptQueue: Known<number>;
  /** `net.ipv4.tcp_max_tw_buckets`: how many TIME_WAIT remains may be kept. */
  readonly timeWaitLimit: Known<number>;
  /** Open files of the whole system (`fs.file-nr`). */
  readonly openFiles: Known<Use>;
};

/** What of inotify(7) the processes of one user have. */
export type InotifyUse = {
  readonly uid: number;
  readonly instances: number;
  readonly watches: number;
};

/** How much inotify is in use, and how much of it each user may have (proc_sys_fs(5)). */
export type FileWatches = {
  readonly instanceLimit: Known<number>;
  readonly watchLimit: Known<number>;
  /** Those who use it, as far as they may be seen, the most instances first. */
  readonly users: readonly InotifyUse[];
  /** How many processes could not be looked into. */
  readonly hiddenProcesses: number;
};

/** Variables that say which proxy a client is to use, by their name as found: `HTTP_PROXY`, `no_proxy` … */
export type ProxyVariables = Readonly<Record<string, string>>;

/** What of the environment that Homeport was asked from bears on connections; secrets are blanked. */
export type Asker = {
  readonly uid: number;
  /** null: it could not be told. */
  readonly workingDirectory: string | null;
  readonly proxies: ProxyVariables;
  /** `NODE_EXTRA_CA_CERTS`; null: not set. */
  readonly extraCaCerts: { readonly path: string; readonly readable: boolean } | null;
  /** Soft limit of open files of who started Homeport: what a program started there gets. */
  readonly openFileLimit: Known<number>;
};
