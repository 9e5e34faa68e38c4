import { commonPorts } from '../model/data/common-ports.ts';
import { isKnown, isUnknown } from '../model/known.ts';
import type { LeaseScope, PortNote, PortUse } from '../model/lease.ts';
import type { PortRange } from '../model/machine.ts';
import { shellCommand } from '../model/shell-quote.ts';
import { isEphemeral, type PortFacts, usualEphemeralRange } from './pool.ts';

/** What notes are made from: a port that is leased, or is about to be. */
export type NotedPort = LeaseScope & {
  readonly port: number;
  readonly address: string | null;
};

/** What a person should know of a leased port on this machine, the gravest first. */
export const portNotes = (
  leased: NotedPort,
  facts: PortFacts,
  use: PortUse,
): readonly PortNote[] => [
  ...strangerNotes(leased, use),
  ...(leased.address === null ? ephemeralNotes(leased.port, facts) : []),
  ...commonNotes(leased),
];

/** The note of a folder that no project was found around. */
export const noProjectNote = (folder: string): PortNote => ({
  id: 'no-project',
  text: `No project was found around ${folder}: the lease is that folder's own.`,
});

/** `8080,9148-9150`: ranges as `ip_local_reserved_ports` has them, with a port more (ip-sysctl). */
export const reservedWith = (port: number, ranges: readonly PortRange[]): string =>
  [...ranges.map(rangeText), String(port)].join(',');

/** The setting that keeps ports from outgoing connections. */
export const reservedSetting = 'net.ipv4.ip_local_reserved_ports';

const rangeText = ({ first, last }: PortRange): string =>
  first === last ? String(first) : `${first}-${last}`;

const strangerNotes = ({ port }: NotedPort, { by, users }: PortUse): PortNote[] => {
  if (by !== 'stranger' && by !== 'unknown') return [];
  const user = users.find(({ relation }) => relation === by);
  const who =
    user === undefined || user.program === null
      ? 'A program that could not be seen'
      : `${user.program}${user.pid === null ? '' : ` (pid ${user.pid})`}`;
  const whose = user === undefined || user.project === null ? '' : ` of ${user.project}`;
  return [
    {
      id: 'taken-by-stranger',
      text: `${who}${whose} has port ${port} now, and ${by === 'stranger' ? 'is not of this project' : 'may not be of this project'}.`,
      command: shellCommand('homeport', String(port)),
    },
  ];
};

/** Outgoing connections take their ports on 127.0.0.1, not on a project's own address. */
const ephemeralNotes = (port: number, facts: PortFacts): PortNote[] => {
  if (!isEphemeral(port, facts)) return [];
  const known = isKnown(facts.ephemeralRange);
  const { first, last } = isKnown(facts.ephemeralRange)
    ? facts.ephemeralRange
    : usualEphemeralRange;
  const text = known
    ? `${port} is inside this kernel's ephemeral range ${first}–${last}: an outgoing connection can take it while no server has it.`
    : `This kernel's ephemeral range could not be read; by Linux's default of ${first}–${last} an outgoing connection can take ${port}.`;
  return [
    {
      id: known ? 'in-ephemeral-range' : 'ephemeral-range-unknown',
      text,
      ...(isUnknown(facts.reservedPorts)
        ? {}
        : {
            command: shellCommand(
              'sudo',
              'sysctl',
              '-w',
              `${reservedSetting}=${reservedWith(port, facts.reservedPorts)}`,
            ),
          }),
    },
  ];
};

const commonNotes = ({ port, address }: NotedPort): PortNote[] => {
  const uses = commonPorts[port];
  if (uses === undefined || address !== null) return [];
  return [
    {
      id: 'commonly-used',
      text: `${port} is a port that others take too: ${uses.slice(0, 4).join(', ')}.`,
    },
  ];
};
