import { hostname } from 'node:os';
import { isUnknown, type Known, unknown } from '../../model/known.ts';
import type { Machine, PortRange } from '../../model/machine.ts';
import { type BootFacts, textOf } from './boot.ts';
import { reasonOf } from './errno.ts';
import type { FileReader } from './file-reader.ts';
import { namespaceLink } from './namespace-link.ts';
import type { KernelRoot } from './root.ts';

/** Reads the facts of the machine afresh. What can't be read is unknown; never throws. */
export const readMachine = (root: KernelRoot, read: FileReader, boot: BootFacts): Machine => {
  const setting = (name: string): Known<string> => readSetting(read, `${root.proc}/sys/${name}`);
  const name = setting('kernel/hostname');
  return {
    platform: 'linux',
    kernel: setting('kernel/osrelease'),
    hostname: isUnknown(name) ? hostname() : name,
    bootId: boot.bootId,
    bootedAt:
      boot.bootedAtMs === 0
        ? unknown('unsupported', '/proc/stat has no boot time')
        : new Date(boot.bootedAtMs).toISOString(),
    ephemeralRange: mapKnown(setting('net/ipv4/ip_local_port_range'), parseEphemeralRange),
    reservedPorts: mapKnown(setting('net/ipv4/ip_local_reserved_ports'), parsePortRanges),
    unprivilegedPortStart: mapKnown(setting('net/ipv4/ip_unprivileged_port_start'), parseCount),
    uid: process.getuid?.() ?? 0,
    namespace: namespaceLink(root, 'self', 'net'),
  };
};

const readSetting = (read: FileReader, path: string): Known<string> => {
  const content = read(path);
  return typeof content === 'number'
    ? unknown(reasonOf(content))
    : (textOf(content) ?? '').replace(/\n$/, '');
};

const mapKnown = <T>(value: Known<string>, parse: (text: string) => Known<T>): Known<T> =>
  isUnknown(value) ? value : parse(value);

const parseCount = (text: string): Known<number> =>
  /^\d+$/.test(text) ? Number(text) : notUnderstood(text);

const parseEphemeralRange = (text: string): Known<PortRange> => {
  const [, first, last] = /^(\d+)\s+(\d+)$/.exec(text) ?? [];
  return first === undefined || last === undefined
    ? notUnderstood(text)
    : { first: Number(first), last: Number(last) };
};

/** `8080,9148-9150`: a list of ports and inclusive ranges (ip-sysctl). */
const parsePortRanges = (text: string): Known<readonly PortRange[]> => {
  const parts = text.split(',').filter((part) => part !== '');
  const ranges = parts.flatMap((part) => {
    const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    return first === undefined ? [] : [{ first: Number(first), last: Number(last ?? first) }];
  });
  return ranges.length === parts.length ? ranges : notUnderstood(text);
};

const notUnderstood = (text: string) =>
  unknown('unsupported', `the kernel says ${JSON.stringify(text.slice(0, 80))}`);
