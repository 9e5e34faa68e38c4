import { known } from './known-shape.ts';
import {
  count,
  flag,
  isRecord,
  listOf,
  number,
  object,
  oneOf,
  orNull,
  recordOf,
  type Shape,
  text,
} from './shape.ts';

const hostsFile = object({
  path: text,
  entries: listOf(object({ line: count, address: text, names: listOf(text) })),
});

const resolver = object({
  nameservers: listOf(text),
  search: listOf(text),
  sources: listOf(text),
});

const route = object({
  kind: oneOf(
    'local',
    'unicast',
    'broadcast',
    'multicast',
    'anycast',
    'blackhole',
    'unreachable',
    'prohibit',
    'none',
  ),
  interface: orNull(text),
  gateway: orNull(text),
  source: orNull(text),
});

const use = object({ used: count, limit: count });

const ranges = listOf(object({ first: count, last: count }));

/** What each kind of condition holds beside `negated`. */
const conditions: Readonly<Record<string, Shape>> = {
  'in-interface': object({ names: listOf(text) }),
  'out-interface': object({ names: listOf(text) }),
  source: object({ blocks: listOf(text) }),
  destination: object({ blocks: listOf(text) }),
  'source-type': object({ types: listOf(text) }),
  'destination-type': object({ types: listOf(text) }),
  'reverse-path': object({ exists: flag }),
  'source-port': object({ ports: ranges }),
  'destination-port': object({ ports: ranges }),
  protocol: object({ protocols: listOf(text) }),
  uid: object({ ids: ranges }),
  gid: object({ ids: ranges }),
  state: object({ states: listOf(text) }),
  'tcp-flags': object({
    match: oneOf('exactly', 'any'),
    mask: listOf(text),
    flags: listOf(text),
  }),
  family: object({ family: oneOf('ipv4', 'ipv6') }),
  other: object({ text }),
};

/** What each kind of action holds. */
const actions: Readonly<Record<string, Shape>> = {
  accept: object({}),
  drop: object({}),
  return: object({}),
  none: object({}),
  untrack: object({}),
  reject: object({ with: orNull(text) }),
  jump: object({ chain: text }),
  goto: object({ chain: text }),
  redirect: object({ to: orNull(text) }),
  other: object({ text }),
};

/** The shape that belongs to a value's `kind`. */
const byKind = (shapes: Readonly<Record<string, Shape>>): Shape => {
  const kind = object({ kind: oneOf(...Object.keys(shapes)) });
  return (value) =>
    kind(value) ?? (isRecord(value) ? shapes[String(value['kind'])]?.(value) : null) ?? null;
};

const condition = byKind(conditions);

const rule = object({
  text,
  conditions: listOf((value) => object({ negated: flag })(value) ?? condition(value)),
  action: byKind(actions),
  handle: orNull(count),
});

const chain = object({
  tool: oneOf('nft', 'iptables', 'ip6tables'),
  command: text,
  family: text,
  table: text,
  name: text,
  hook: orNull(
    oneOf('prerouting', 'input', 'forward', 'output', 'postrouting', 'ingress', 'egress'),
  ),
  type: orNull(oneOf('filter', 'nat', 'route')),
  device: orNull(text),
  priority: orNull(number),
  policy: orNull(oneOf('accept', 'drop')),
  rules: listOf(rule),
});

/** What `Snapshot.network` has to be where it is there. */
export const networkShape: Shape = object({
  hostsFile: known(hostsFile),
  resolver: known(resolver),
  routes: recordOf(known(route)),
  firewall: known(object({ chains: listOf(chain), notes: listOf(text) })),
  conntrack: orNull(known(use)),
  ipv6Disabled: orNull(object({ all: known(flag), lo: known(flag) })),
  bindV6Only: orNull(known(flag)),
  nonlocalBind: known(flag),
  abortOnOverflow: known(flag),
  longestAcceptQueue: known(count),
  timeWaitLimit: known(count),
  openFiles: known(use),
});
