import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Firewall } from '../../src/model/firewall.ts';
import type { Known } from '../../src/model/known.ts';
import { findProgram } from './find-program.ts';
import { isRoot } from './launcher.ts';

/** Whether firewalls of the test's own can be made: as root, with Debian's nftables and iptables. */
export const canFilter: boolean =
  isRoot &&
  ['unshare', 'nft', 'iptables-nft', 'iptables-legacy'].every((name) => findProgram(name) !== null);

const source = join(import.meta.dirname, '../../src');

const program = `
  const { openHost } = await import('${source}/host/open-host.ts');
  const firewall = await openHost().firewall(AbortSignal.timeout(10_000));
  console.log(JSON.stringify(firewall));`;

/**
 * Reads the firewall of a network namespace of the test's own after `commands`, by a program that
 * `prefix` (shell words) may take rights from.
 */
export const firewallApart = (commands: readonly string[], prefix = 'exec'): Known<Firewall> => {
  const script = [
    'ip link set lo up',
    ...commands,
    `${prefix} "$NODE" --input-type=module -e "$READ"`,
  ];
  const printed = execFileSync('unshare', ['-n', 'sh', '-ec', script.join('\n')], {
    encoding: 'utf8',
    timeout: 25_000,
    env: { PATH: process.env['PATH'], NODE: process.execPath, READ: program },
  });
  return JSON.parse(printed) as Known<Firewall>;
};
