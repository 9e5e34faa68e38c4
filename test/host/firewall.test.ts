import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import {
  hasLegacyTables,
  hasNoRules,
  mayReadRules,
} from '../../src/host/linux/firewall/kernel-support.ts';
import { readFirewall } from '../../src/host/linux/firewall/read-firewall.ts';
import { findTool, runTool } from '../../src/host/linux/firewall/run-tool.ts';
import type { KernelRoot } from '../../src/host/linux/root.ts';
import type { Firewall, FirewallChain } from '../../src/model/firewall.ts';
import { isUnknown, type Known } from '../../src/model/known.ts';
import { canFilter, firewallApart } from '../support/firewall-apart.ts';

const read = createFileReader(null);
const never = new AbortController().signal;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-firewall-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A folder that looks like a machine: path → content. */
const machine = (name: string, files: Readonly<Record<string, string>>): KernelRoot => {
  const files_ = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(files_, path, '..'), { recursive: true });
    writeFileSync(join(files_, path), text);
  }
  return { proc: join(files_, 'proc'), files: files_, isReal: true };
};

const modules = (...names: readonly string[]): string =>
  names.map((name) => `${name} 16384 0 - Live 0x0000000000000000\n`).join('');

const withModules = (name: string, loaded: string, builtIn: string): KernelRoot =>
  machine(name, {
    'proc/modules': loaded,
    'proc/sys/kernel/osrelease': '6.1.0\n',
    'lib/modules/6.1.0/modules.builtin': builtIn,
  });

describe('what the kernel tells of rules without root', () => {
  it('is that there are none where no module keeps them', async () => {
    const root = withModules(
      'bare',
      modules('ext4', 'x_tables'),
      'kernel/net/packet/af_packet.ko\n',
    );
    expect(hasNoRules(root, read)).toBe(true);
    expect(await readFirewall(root, read, never)).toEqual({ chains: [], notes: [] });
  });

  it.each([
    ['loaded', modules('ext4', 'nf_tables'), ''],
    ['built in', modules('ext4'), 'kernel/net/ipv4/netfilter/ip_tables.ko\n'],
    ['loaded for IPv6', modules('ip6_tables'), ''],
  ])('is nothing where one is %s', (name, loaded, builtIn) => {
    expect(hasNoRules(withModules(name, loaded, builtIn), read)).toBe(false);
  });

  it('is nothing where modules are not told', () => {
    expect(hasNoRules(machine('untold', { 'proc/modules': modules('ext4') }), read)).toBe(false);
  });

  it('is whether it may ask: CAP_NET_ADMIN', async () => {
    const status = (bits: string) =>
      machine(`status-${bits}`, {
        'proc/self/status': `Name:\tnode\nCapEff:\t${bits}\nSeccomp:\t0\n`,
      });
    expect(mayReadRules(status('000001ffffffffff'), read)).toBe(true);
    expect(mayReadRules(status('0000000000001000'), read)).toBe(true);
    expect(mayReadRules(status('0000000000000800'), read)).toBe(false);
    expect(mayReadRules(machine('no-status', {}), read)).toBe(false);
    expect(await readFirewall(status('0000000000000000'), read, never)).toEqual({
      unknown: 'denied',
      why: 'only root may read the rules of the firewall',
    });
  });

  it('is whether legacy tables are in use', () => {
    const root = machine('legacy', { 'proc/net/ip_tables_names': '', 'proc/net/x': '' });
    expect(hasLegacyTables(root, read, 'iptables')).toBe(false);
    expect(hasLegacyTables(root, read, 'ip6tables')).toBe(false);
    const used = machine('used', { 'proc/net/ip6_tables_names': 'filter\n' });
    expect(hasLegacyTables(used, read, 'ip6tables')).toBe(true);
  });
});

describe('a copy of a machine', () => {
  it('has no firewall to read', async () => {
    const copy = { ...withModules('copy', modules('ext4'), ''), isReal: false };
    expect(await readFirewall(copy, read, never)).toMatchObject({ unknown: 'unsupported' });
  });
});

describe('a tool', () => {
  const tool = (name: string, script: string): string => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  it('is looked for where the system has its own, then in absolute folders of PATH', () => {
    tool('only-here', 'exit 0');
    expect(findTool('only-here', `relative:${folder}`)).toBe(join(folder, 'only-here'));
    expect(findTool('only-here', 'relative')).toBeNull();
    tool('sh', 'exit 1');
    expect(findTool('sh', folder)).toMatch(/^\/(usr\/)?s?bin\/sh$/);
  });

  it('says why it printed nothing', async () => {
    expect(await runTool('no-such-tool', [], never)).toMatchObject({ result: 'absent' });
    const refusing = ['-c', 'echo "Operation not permitted (you must be root)" >&2; exit 1'];
    expect(await runTool('sh', refusing, never)).toMatchObject({ result: 'denied' });
    const failing = ['-c', 'echo "JSON support not compiled-in" >&2; exit 1'];
    expect(await runTool('sh', failing, never)).toEqual({
      result: 'failed',
      why: 'sh says: JSON support not compiled-in',
    });
  });

  it('is stopped when it hangs, and by the signal', async () => {
    expect(await runTool('sleep', ['60'], never)).toEqual({
      result: 'failed',
      why: 'sleep gave no answer in time',
    });
    expect(await runTool('sleep', ['60'], AbortSignal.abort())).toMatchObject({ result: 'failed' });
    const soon = AbortSignal.timeout(20);
    expect(await runTool('sleep', ['60'], soon)).toMatchObject({ result: 'failed' });
  });

  it('speaks English whatever the locale', async () => {
    const told = await runTool('sh', ['-c', 'echo $LC_ALL $HOME'], never);
    expect(told).toEqual({ result: 'done', stdout: 'C\n' });
  });
});

const known = (firewall: Known<Firewall>): Firewall => {
  if (isUnknown(firewall)) throw new Error(`not read: ${firewall.why}`);
  return firewall;
};

const texts = ({ chains }: Firewall, is: (chain: FirewallChain) => boolean): readonly string[] =>
  chains.filter(is).flatMap(({ rules }) => rules.map(({ text }) => text));

describe.skipIf(!canFilter)('a real firewall (needs root, nftables and iptables)', () => {
  it('is empty where nobody wrote a rule', () => {
    expect(firewallApart([])).toEqual({ chains: [], notes: [] });
  });

  it('has every rule once, whichever tool wrote it', () => {
    const firewall = known(
      firewallApart([
        'nft "add table inet x; add chain inet x y { type filter hook input priority 0; }"',
        'nft add rule inet x y tcp dport 81 drop',
        'iptables-nft -A OUTPUT -p tcp --dport 82 -m owner --uid-owner 1000 -j DROP',
        'ip6tables-nft -A OUTPUT -p tcp --dport 83 -j REJECT',
        'iptables-legacy -A INPUT -p tcp --dport 84 -j DROP',
        'ip6tables-legacy -A INPUT -p tcp --dport 85 -j DROP',
      ]),
    );
    expect(firewall.notes).toEqual([]);
    expect(texts(firewall, ({ tool }) => tool === 'nft')).toEqual(['tcp dport 81 drop']);
    expect(texts(firewall, ({ command }) => command === 'iptables')).toEqual([
      '-A OUTPUT -p tcp -m tcp --dport 82 -m owner --uid-owner 1000 -j DROP',
    ]);
    expect(texts(firewall, ({ command }) => command === 'ip6tables')).toEqual([
      '-A OUTPUT -p tcp -m tcp --dport 83 -j REJECT --reject-with icmp6-port-unreachable',
    ]);
    expect(texts(firewall, ({ command }) => command.endsWith('-legacy'))).toEqual([
      '-A INPUT -p tcp -m tcp --dport 84 -j DROP',
      '-A INPUT -p tcp -m tcp --dport 85 -j DROP',
    ]);
  });

  it('keeps a chain that nft put into a table with the name of one of iptables', () => {
    const firewall = known(
      firewallApart([
        'nft "add table ip filter; add chain ip filter mine { type filter hook input priority 0; }"',
        'nft add rule ip filter mine tcp dport 81 reject',
      ]),
    );
    expect(texts(firewall, ({ name }) => name === 'mine')).toEqual(['tcp dport 81 reject']);
  });

  it('may not be read without the right', () => {
    const denied = { unknown: 'denied', why: 'only root may read the rules of the firewall' };
    const without = 'exec setpriv --bounding-set -net_admin --inh-caps -net_admin';
    expect(firewallApart([], without)).toEqual(denied);
  });

  it('is refused to root of another user namespace', () => {
    expect(firewallApart([], 'exec unshare --user --map-root-user')).toMatchObject({
      unknown: 'denied',
      why: 'the kernel refuses to tell the rules of the firewall',
    });
  });
});
