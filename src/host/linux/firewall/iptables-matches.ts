import type { FirewallCondition, NumberRange } from '../../../model/firewall.ts';

/** An option of a rule: how many words it takes, and the conditions that it is; null: not judged. */
export type IptablesMatch = {
  readonly takes: number;
  readonly read: (
    values: readonly string[],
    negated: boolean,
  ) => readonly FirewallCondition[] | null;
};

type Maker = (value: string) => FirewallCondition | null;

/** An option with one value. */
const one = (make: Maker): IptablesMatch => ({
  takes: 1,
  read: ([value = ''], negated) => {
    const condition = make(value);
    return condition === null ? null : [{ ...condition, negated }];
  },
});

const names =
  (kind: 'in-interface' | 'out-interface'): Maker =>
  (name) => ({ negated: false, kind, names: [name.replace(/\+$/, '*')] });

const blocks =
  (kind: 'source' | 'destination'): Maker =>
  (block) => ({ negated: false, kind, blocks: [block] });

const ports =
  (kind: 'source-port' | 'destination-port'): Maker =>
  (value) => {
    const ranges = rangesOf(value.split(','), ':');
    return ranges === null ? null : { negated: false, kind, ports: ranges };
  };

const ids =
  (kind: 'uid' | 'gid'): Maker =>
  (value) => {
    const ranges = rangesOf([value], '-');
    return ranges === null ? null : { negated: false, kind, ids: ranges };
  };

const types =
  (kind: 'source-type' | 'destination-type'): Maker =>
  (value) => ({ negated: false, kind, types: value.toLowerCase().split(',') });

const states: Maker = (value) => ({
  negated: false,
  kind: 'state',
  states: value.toLowerCase().split(','),
});

const protocol: Maker = (value) => ({
  negated: false,
  kind: 'protocol',
  protocols: [value === 'ipv6-icmp' ? 'icmpv6' : value],
});

/** `80`, `1000:2000`, `:1023` and `1024:` of ports; `1000-1005` of ids. null: a name, or something else. */
const rangesOf = (parts: readonly string[], between: ':' | '-'): readonly NumberRange[] | null => {
  const ranges = parts.map((part) => {
    const [first = '', last = first] = part.split(between);
    return /^\d*$/.test(first + last) && part !== ''
      ? { first: Number(first), last: last === '' ? largestPort : Number(last) }
      : null;
  });
  return ranges.includes(null) ? null : ranges.flatMap((range) => range ?? []);
};

const largestPort = 65_535;

const flags: IptablesMatch = {
  takes: 2,
  read: ([mask = '', set = ''], negated) => [
    {
      negated,
      kind: 'tcp-flags',
      match: 'exactly',
      mask: flagNames(mask),
      flags: flagNames(set),
    },
  ],
};

const flagNames = (list: string): readonly string[] =>
  list === 'NONE' ? [] : list === 'ALL' ? allFlags : list.toLowerCase().split(',');

const allFlags: readonly string[] = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg'];

/** Modules whose options say all that they match; any other matches something by its name alone. */
const namedByOptions: ReadonlySet<string> = new Set(
  (
    'addrtype comment conntrack hashlimit icmp icmp6 iprange limit mark multiport owner recent ' +
    'rpfilter set state tcp udp'
  ).split(' '),
);

const moduleName: IptablesMatch = {
  takes: 1,
  read: ([name = '']) => (namedByOptions.has(name) ? [] : null),
};

const nothing: IptablesMatch = { takes: 0, read: () => [] };

/** `-m rpfilter --invert`: the option is of no other module. */
const noReversePath: IptablesMatch = {
  takes: 0,
  read: () => [{ negated: false, kind: 'reverse-path', exists: false }],
};

/** The options that are judged, as `iptables-save` writes them. */
export const iptablesMatches: Readonly<Record<string, IptablesMatch | undefined>> = {
  '-i': one(names('in-interface')),
  '-o': one(names('out-interface')),
  '-s': one(blocks('source')),
  '-d': one(blocks('destination')),
  '-p': one(protocol),
  '-m': moduleName,
  '--comment': { takes: 1, read: () => [] },
  '--sport': one(ports('source-port')),
  '--dport': one(ports('destination-port')),
  '--sports': one(ports('source-port')),
  '--dports': one(ports('destination-port')),
  '--src-range': one(blocks('source')),
  '--dst-range': one(blocks('destination')),
  '--src-type': one(types('source-type')),
  '--dst-type': one(types('destination-type')),
  '--uid-owner': one(ids('uid')),
  '--gid-owner': one(ids('gid')),
  '--state': one(states),
  '--ctstate': one(states),
  '--tcp-flags': flags,
  '--loose': nothing,
  '--validmark': nothing,
  '--accept-local': nothing,
  '--invert': noReversePath,
};
