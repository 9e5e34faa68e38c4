import { textOf } from '../boot.ts';
import type { FileReader } from '../file-reader.ts';
import type { KernelRoot } from '../root.ts';

/**
 * Whether the kernel holds no rules whatever, which anyone may ask: none of the modules that keep
 * them is loaded, or built in. False where that can't be told.
 */
export const hasNoRules = (root: KernelRoot, read: FileReader): boolean => {
  const loaded = textOf(read(`${root.proc}/modules`));
  const release = textOf(read(`${root.proc}/sys/kernel/osrelease`))?.trim() ?? '';
  const builtIn = textOf(read(`${root.files}/lib/modules/${release}/modules.builtin`));
  if (loaded === null || builtIn === null) return false;
  return keepers.every(
    (name) =>
      !new RegExp(`^${name} `, 'm').test(loaded) && !new RegExp(`/${name}\\.ko`, 'm').test(builtIn),
  );
};

/** The modules of nftables and of both legacy tables. */
const keepers: readonly string[] = ['nf_tables', 'ip_tables', 'ip6_tables'];

// CAP_NET_ADMIN of include/uapi/linux/capability.h.
const netAdmin = 12n;

/** Whether this process may ask netfilter for its rules: CAP_NET_ADMIN (capabilities(7)). */
export const mayReadRules = (root: KernelRoot, read: FileReader): boolean => {
  const status = textOf(read(`${root.proc}/self/status`)) ?? '';
  const effective = /^CapEff:\s*([\da-f]+)$/m.exec(status)?.[1];
  return effective !== undefined && ((BigInt(`0x${effective}`) >> netAdmin) & 1n) === 1n;
};

/** Whether a legacy table is in use; true where that can't be told. */
export const hasLegacyTables = (
  root: KernelRoot,
  read: FileReader,
  tool: 'iptables' | 'ip6tables',
): boolean => {
  const file = tool === 'iptables' ? 'ip_tables_names' : 'ip6_tables_names';
  const content = read(`${root.proc}/net/${file}`);
  return typeof content === 'number' ? content !== noSuchFile : content.length > 0;
};

/** ENOENT: the module that keeps these tables is not loaded. */
const noSuchFile = 2;
