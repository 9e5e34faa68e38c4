import { isIPv4, isIPv6 } from '../../model/ip.ts';
import { type Known, unknown } from '../../model/known.ts';
import type { HostsEntry, HostsFile } from '../../model/network.ts';
import { textOf } from './boot.ts';
import { errno, reasonOf } from './errno.ts';
import type { FileReader } from './file-reader.ts';
import { forEachLine } from './lines.ts';
import type { KernelRoot } from './root.ts';

const path = '/etc/hosts';

/** Reads the hosts file; where there is none it has no entries, as for the resolver. */
export const readHostsFile = (root: KernelRoot, read: FileReader): Known<HostsFile> => {
  const content = read(`${root.files}${path}`);
  if (content === errno.ENOENT) return { path, entries: [] };
  return typeof content === 'number'
    ? unknown(reasonOf(content))
    : { path, entries: parseHosts(textOf(content) ?? '') };
};

/**
 * The entries of a hosts(5) file. As in glibc a line counts where it begins with an IPv4 or IPv6
 * address (no zone, no leading zeros) and names something; a `#` ends it.
 */
export const parseHosts = (text: string): readonly HostsEntry[] => {
  const entries: HostsEntry[] = [];
  let line = 0;
  forEachLine(text, 0, (whole) => {
    line += 1;
    const [address = '', ...names] = words(whole.replace(/#.*$/s, ''));
    if (names.length === 0 || !(isIPv4(address) || isIPv6(address))) return;
    entries.push({ line, address, names: names.map((name) => name.toLowerCase()) });
  });
  return entries;
};

/** isspace(3) of the C locale. */
const words = (text: string): readonly string[] =>
  text.split(/[ \t\v\f\r]+/).filter((word) => word !== '');
