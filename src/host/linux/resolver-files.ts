import { type Known, unknown } from '../../model/known.ts';
import type { ResolverFacts } from '../../model/network.ts';
import { textOf } from './boot.ts';
import { errno, reasonOf } from './errno.ts';
import type { FileReader } from './file-reader.ts';
import { forEachLine } from './lines.ts';
import type { KernelRoot } from './root.ts';

/**
 * Reads how names become addresses here. A file that is not there says nothing, as for the resolver;
 * unknown where one of the two may not be read.
 */
export const readResolver = (root: KernelRoot, read: FileReader): Known<ResolverFacts> => {
  const servers = textIn(read(`${root.files}/etc/resolv.conf`));
  const sources = textIn(read(`${root.files}/etc/nsswitch.conf`));
  if (typeof servers === 'number')
    return unknown(reasonOf(servers), "/etc/resolv.conf can't be read");
  if (typeof sources === 'number')
    return unknown(reasonOf(sources), "/etc/nsswitch.conf can't be read");
  return { ...parseResolvConf(servers), sources: parseHostSources(sources) };
};

const textIn = (content: Buffer | number): string | number =>
  content === errno.ENOENT ? '' : (textOf(content) ?? Number(content));

/**
 * The servers and the search list of a resolv.conf(5): a keyword stands at the start of its line; of
 * `search` and its older form `domain` the last line counts.
 */
export const parseResolvConf = (text: string): Pick<ResolverFacts, 'nameservers' | 'search'> => {
  const nameservers: string[] = [];
  let search: readonly string[] = [];
  forEachLine(text, 0, (line) => {
    const [keyword, ...values] = line.split(/\s+/);
    const told = values.filter((value) => value !== '');
    if (keyword === 'nameserver') nameservers.push(...told.slice(0, 1));
    else if (keyword === 'search') search = told;
    else if (keyword === 'domain') search = told.slice(0, 1);
  });
  return { nameservers, search };
};

// glibc's own since 2.33 or so (nss/nss_database.c), and the fixed order of musl.
const usualSources: readonly string[] = ['files', 'dns'];

/**
 * The sources of the `hosts:` line of an nsswitch.conf(5), the last where there are several, without
 * their actions (`[NOTFOUND=return]`); glibc's own default where there is none.
 */
export const parseHostSources = (text: string): readonly string[] => {
  let sources: readonly string[] = [];
  forEachLine(text, 0, (line) => {
    const told = /^\s*hosts\s*:([^#]*)/.exec(line)?.[1];
    if (told === undefined) return;
    sources = told
      .replace(/\[[^\]]*\]?/g, ' ')
      .split(/\s+/)
      .filter((word) => word !== '');
  });
  return sources.length === 0 ? usualSources : sources;
};
