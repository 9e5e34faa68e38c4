import type { Action } from '../../model/finding.ts';
import { savedWords } from '../../model/saved-words.ts';
import { byRoot } from '../as-root.ts';
import type { Denial } from './judge-trip.ts';
import type { Trip } from './path.ts';
import { managerOf } from './rule-text.ts';
import type { Place } from './walk.ts';

/** What is to pass before a rule: packets of one interface (null: of all), and of one port or all. */
export type Opening = {
  readonly device: string | null;
  readonly port: {
    readonly protocol: 'tcp' | 'udp';
    readonly side: 'dport' | 'sport';
    readonly number: number;
  } | null;
};

/**
 * The narrowest opening that lets a trip through: its port where the rule is about ports, else all
 * of loopback, for what stops everything stops the answers too.
 */
export const openingFor = ({ place, leg }: Denial, trip: Trip): Opening => {
  const device = trip.isLocal(trip.destination) ? 'lo' : trip.interface;
  const ofPorts = place.rule?.conditions.some(({ kind }) => kind.endsWith('-port')) ?? false;
  const { first, last } = trip.destinationPorts;
  if (first !== last || (device === 'lo' && !ofPorts)) return { device, port: null };
  const side = leg === 'reply' ? 'sport' : 'dport';
  return { device, port: { protocol: trip.protocol, side, number: first } };
};

/**
 * What to do about a rule or policy that stops packets: look at its chain, let the packets pass
 * before it, take that one rule out. `hook`: where the packet is stopped.
 */
export const actionsAgainst = (place: Place, hook: string, opening: Opening): readonly Action[] => [
  lookAt(place),
  {
    label: `let ${openingText(opening)} pass before it`,
    ...insertAccept(place, hook, opening),
    changes: `one rule more in ${place.chain.name}, until the firewall is loaded anew`,
  },
  ...(place.rule === null
    ? []
    : [deletion(place, 'what it stopped gets through, for everybody it was for')]),
];

const openingText = ({ device, port }: Opening): string => {
  const where = device === 'lo' ? 'loopback' : (device ?? 'any interface');
  return port === null ? where : `${port.protocol} port ${port.number} over ${where}`;
};

/** How to see the chain with its rules, in the tool's own words. */
export const lookAt = (place: Place): Action => {
  const { tool, command, family, table, name } = place.chain;
  const manager = managerOf(place);
  if (manager !== null) {
    return {
      label: `see what ${manager.name} was told: it wrote this rule, and would write it again`,
      command: manager.look,
      needsRoot: true,
    };
  }
  const words =
    tool === 'nft'
      ? ['nft', '-a', 'list', 'chain', family, table, name]
      : [command, '-t', table, '-nvL', name, '--line-numbers'];
  return { label: 'look at the chain', ...byRoot(...words) };
};

/** How to take one rule out, and nothing else; for a rule, not for a policy. `changes`: what comes of it. */
export const deletion = ({ chain, rule }: Place, changes: string): Action => {
  const { tool, command, family, table, name } = chain;
  const [, , ...specification] = savedWords(rule?.text ?? '');
  const words =
    tool === 'nft'
      ? ['nft', 'delete', 'rule', family, table, name, 'handle', `${rule?.handle ?? ''}`]
      : [command, '-t', table, '-D', name, ...specification];
  return {
    label: 'take that rule out',
    ...byRoot(...words),
    changes,
  };
};

/** A rule is put before the one that stops packets; a policy has them all before it. */
const insertAccept = ({ chain, rule }: Place, hook: string, { device, port }: Opening) => {
  const { tool, command, family, table, name } = chain;
  const leaves = hook === 'output' || hook === 'postrouting' || hook === 'egress';
  if (tool !== 'nft') {
    const by = device === null ? [] : [leaves ? '-o' : '-i', device];
    const ports = port === null ? [] : ['-p', port.protocol, `--${port.side}`, `${port.number}`];
    return byRoot(command, '-t', table, '-I', name, ...by, ...ports, '-j', 'ACCEPT');
  }
  const by = device === null ? [] : [leaves ? 'oifname' : 'iifname', device];
  const ports = port === null ? [] : [port.protocol, port.side, `${port.number}`];
  const handle = rule?.handle ?? null;
  const verb = handle === null ? 'add' : 'insert';
  const position = handle === null ? [] : ['handle', `${handle}`];
  return byRoot('nft', verb, 'rule', family, table, name, ...position, ...by, ...ports, 'accept');
};
