import { accessSync } from 'node:fs';
import { isUnknown, type Known } from '../../model/known.ts';
import type { NetworkFacts, Use } from '../../model/network.ts';
import { errno } from './errno.ts';
import { openFfi } from './ffi.ts';
import { errnoOf, type FileReader } from './file-reader.ts';
import { readHostsFile } from './hosts-file.ts';
import { readResolver } from './resolver-files.ts';
import type { KernelRoot } from './root.ts';
import { readRoutes } from './routes.ts';
import { asCount, asFlag, notUnderstood, settingReader, type SettingReader } from './settings.ts';

/**
 * Reads how this machine's own network is set up, and the routes to loopback and `destinations`.
 * What can't be read is unknown; never throws. Routes are told of the real machine alone.
 */
export const readNetwork = (
  root: KernelRoot,
  read: FileReader,
  destinations: readonly string[],
): Omit<NetworkFacts, 'firewall'> => {
  const setting = settingReader(root, read);
  return {
    hostsFile: readHostsFile(root, read),
    resolver: readResolver(root, read),
    routes: readRoutes(root.isReal ? openFfi() : null, destinations),
    conntrack: isAbsent(root, 'net/netfilter/nf_conntrack_count') ? null : conntrack(setting),
    ...(isAbsent(root, 'net/ipv6') ? noIpv6 : ipv6Settings(setting)),
    nonlocalBind: setting('net/ipv4/ip_nonlocal_bind', asFlag),
    abortOnOverflow: setting('net/ipv4/tcp_abort_on_overflow', asFlag),
    longestAcceptQueue: setting('net/core/somaxconn', asCount),
    timeWaitLimit: setting('net/ipv4/tcp_max_tw_buckets', asCount),
    openFiles: setting('fs/file-nr', parseFileUse),
  };
};

const isAbsent = (root: KernelRoot, name: string): boolean => {
  try {
    accessSync(`${root.proc}/sys/${name}`);
    return false;
  } catch (error) {
    return errnoOf(error) === errno.ENOENT;
  }
};

const conntrack = (setting: SettingReader): Known<Use> => {
  const used = setting('net/netfilter/nf_conntrack_count', asCount);
  const limit = setting('net/netfilter/nf_conntrack_max', asCount);
  if (isUnknown(used)) return used;
  return isUnknown(limit) ? limit : { used, limit };
};

type Ipv6Settings = Pick<NetworkFacts, 'ipv6Disabled' | 'bindV6Only'>;

const noIpv6: Ipv6Settings = { ipv6Disabled: null, bindV6Only: null };

const ipv6Settings = (setting: SettingReader): Ipv6Settings => ({
  ipv6Disabled: {
    all: setting('net/ipv6/conf/all/disable_ipv6', asFlag),
    lo: setting('net/ipv6/conf/lo/disable_ipv6', asFlag),
  },
  bindV6Only: setting('net/ipv6/bindv6only', asFlag),
});

/** `fs.file-nr` of proc_sys_fs(5): allocated, always 0, the most there may be. */
const parseFileUse = (text: string): Known<Use> => {
  const [, used, limit] = /^(\d+)\s+\d+\s+(\d+)$/.exec(text) ?? [];
  return used === undefined || limit === undefined
    ? notUnderstood(text)
    : { used: Number(used), limit: Number(limit) };
};
