import { hostname } from 'node:os';
import { isUnknown, type Known, unknown } from '../../model/known.ts';
import type { Machine, PortRange } from '../../model/machine.ts';
import type { BootFacts } from './boot.ts';
import type { FileReader } from './file-reader.ts';
import { namespaceLink } from './namespace-link.ts';
import type { KernelRoot } from './root.ts';
import { asCount, asText, notUnderstood, settingReader } from './settings.ts';

/** Reads the facts of the machine afresh. What can't be read is unknown; never throws. */
export const readMachine = (root: KernelRoot, read: FileReader, boot: BootFacts): Machine => {
  const setting = settingReader(root, read);
  const name = setting('kernel/hostname', asText);
  return {
    platform: 'linux',
    kernel: setting('kernel/osrelease', asText),
    hostname: isUnknown(name) ? hostname() : name,
    bootId: boot.bootId,
    bootedAt:
      boot.bootedAtMs === 0
        ? unknown('unsupported', '/proc/stat has no boot time')
        : new Date(boot.bootedAtMs).toISOString(),
    ephemeralRange: setting('net/ipv4/ip_local_port_range', parseEphemeralRange),
    reservedPorts: setting('net/ipv4/ip_local_reserved_ports', parsePortRanges),
    unprivilegedPortStart: setting('net/ipv4/ip_unprivileged_port_start', asCount),
    uid: process.getuid?.() ?? 0,
    namespace: namespaceLink(root, 'self', 'net'),
  };
};

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
