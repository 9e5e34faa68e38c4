import { describe, expect, it } from 'vitest';
import { matches } from '../../../src/diagnose/firewall/match.ts';
import type { Packet } from '../../../src/diagnose/firewall/packet.ts';
import type { FirewallCondition } from '../../../src/model/firewall.ts';

const packet: Packet = {
  family: 'ipv4',
  protocol: 'tcp',
  source: '127.0.0.1',
  destination: '127.0.0.1',
  sourcePorts: { first: 32_768, last: 60_999 },
  destinationPorts: { first: 8080, last: 8080 },
  inInterface: 'lo',
  outInterface: '',
  uid: 1000,
  state: 'new',
  flags: ['syn'],
  isSourceLocal: true,
  isDestinationLocal: true,
};

type Plain = FirewallCondition extends infer One
  ? One extends { negated: boolean }
    ? Omit<One, 'negated'>
    : never
  : never;

const both = (condition: Plain, told: Partial<Packet> = {}) =>
  [false, true].map((negated) => matches({ ...condition, negated }, { ...packet, ...told }));

const yes = ['yes', 'no'];
const no = ['no', 'yes'];
const maybe = ['maybe', 'maybe'];

describe('a packet and a condition', () => {
  it.each([
    [{ kind: 'in-interface', names: ['eth0', 'lo'] }, {}, yes],
    [{ kind: 'in-interface', names: ['l*'] }, {}, yes],
    [{ kind: 'in-interface', names: ['eth*'] }, {}, no],
    [{ kind: 'out-interface', names: ['*'] }, {}, no],
    [{ kind: 'in-interface', names: ['lo'] }, { inInterface: null }, maybe],
    [{ kind: 'source', blocks: ['10.0.0.0/8', '127.0.0.0/8'] }, {}, yes],
    [{ kind: 'source', blocks: ['::1'] }, {}, no],
    [{ kind: 'source', blocks: ['::1'] }, { source: '' }, maybe],
    [{ kind: 'destination', blocks: ['127.0.0.1'] }, {}, yes],
    [{ kind: 'destination', blocks: ['126.255.255.255-127.0.0.1'] }, {}, yes],
    [{ kind: 'destination', blocks: ['127.0.0.2-127.0.0.9'] }, {}, no],
    [{ kind: 'destination', blocks: ['::-ffff::'] }, {}, no],
    [{ kind: 'destination-port', ports: [{ first: 8080, last: 8080 }] }, {}, yes],
    [{ kind: 'destination-port', ports: [{ first: 1, last: 8079 }] }, {}, no],
    [{ kind: 'source-port', ports: [{ first: 1024, last: 65_535 }] }, {}, yes],
    [{ kind: 'source-port', ports: [{ first: 40_000, last: 40_000 }] }, {}, maybe],
    [{ kind: 'source-port', ports: [{ first: 53, last: 53 }] }, {}, no],
    [{ kind: 'protocol', protocols: ['udp', 'tcp'] }, {}, yes],
    [{ kind: 'protocol', protocols: ['icmp'] }, {}, no],
    [{ kind: 'family', family: 'ipv4' }, {}, yes],
    [{ kind: 'family', family: 'ipv6' }, {}, no],
    [{ kind: 'state', states: ['established', 'new'] }, {}, yes],
    [{ kind: 'state', states: ['invalid'] }, {}, no],
    [{ kind: 'tcp-flags', match: 'any', mask: [], flags: ['syn', 'fin'] }, {}, yes],
    [{ kind: 'tcp-flags', match: 'any', mask: [], flags: ['ack'] }, {}, no],
    [{ kind: 'tcp-flags', match: 'exactly', mask: ['syn', 'ack'], flags: ['syn'] }, {}, yes],
    [
      { kind: 'tcp-flags', match: 'exactly', mask: ['syn', 'ack'], flags: ['syn'] },
      { flags: ['syn', 'ack'] },
      no,
    ],
    [{ kind: 'tcp-flags', match: 'exactly', mask: ['syn', 'fin'], flags: [] }, {}, no],
    [{ kind: 'destination-type', types: ['local'] }, {}, yes],
    [{ kind: 'destination-type', types: ['broadcast'] }, {}, no],
    [{ kind: 'destination-type', types: ['local'] }, { isDestinationLocal: false }, no],
    [{ kind: 'source-type', types: ['unicast'] }, { isSourceLocal: false }, maybe],
    [{ kind: 'reverse-path', exists: false }, {}, no],
    [{ kind: 'reverse-path', exists: false }, { inInterface: 'eth0' }, maybe],
    [{ kind: 'uid', ids: [{ first: 1000, last: 1005 }] }, {}, yes],
    [{ kind: 'uid', ids: [{ first: 0, last: 999 }] }, {}, no],
    [{ kind: 'uid', ids: [{ first: 0, last: 999 }] }, { uid: null }, maybe],
    [{ kind: 'gid', ids: [{ first: 0, last: 999 }] }, {}, maybe],
    [{ kind: 'other', text: 'limit rate 1/second' }, {}, maybe],
  ] as readonly (readonly [Plain, Partial<Packet>, readonly string[]])[])(
    '%j against %j is %j',
    (condition, told, expected) => {
      expect(both(condition, told)).toEqual(expected);
    },
  );

  it('has no user behind lo, whatever is asked of it', () => {
    expect(both({ kind: 'uid', ids: [{ first: 0, last: 0 }] }, { uid: 'none' })).toEqual([
      'no',
      'no',
    ]);
  });
});
