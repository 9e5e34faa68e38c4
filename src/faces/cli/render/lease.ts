import { isUnknown, type Known } from '../../../model/known.ts';
import type { AddressLease, Lease, PortNote, PortUse } from '../../../model/lease.ts';
import type { Problem } from '../../../model/problem.ts';
import type { LeasedPort } from '../../../operations/lease-port.ts';
import type { LeaseList } from '../../../operations/list-leases.ts';
import { line, span, type Line, type Span } from '../text/line.ts';
import { counted, longDuration, shortDuration } from '../text/quantity.ts';
import { layoutTable, type Column } from '../text/table.ts';

/** A lease for a person: the endpoint, whose it is, since when, and who has the port now. */
export const leaseLines = (
  { lease, outcome, url, use }: LeasedPort,
  now: number,
): readonly Line[] => {
  const age = longDuration(now - Date.parse(lease.since));
  const since = outcome === 'kept' ? `leased ${age} ago` : outcome === 'made' ? 'new' : 'moved';
  return [
    [
      span(
        lease.address === null ? String(lease.port) : `${lease.address}:${lease.port}`,
        'strong',
      ),
      span(`  ${url}`, 'accent'),
      span(`  ${serviceText(lease)} of ${ownerText(lease)}, ${since}; `),
      useSpan(use),
    ],
  ];
};

/** What a person should know, a line each, with the command that puts it right. */
export const noteLines = (
  notes: readonly PortNote[],
  problems: readonly Problem[],
): readonly Line[] => [
  ...problems.map(({ detail }): Line => [span('! ', 'danger'), span(detail)]),
  ...notes.flatMap(({ text, command }): Line[] => [
    [span('! ', 'caution'), span(text)],
    ...(command === undefined ? [] : [[span('  '), span(command, 'accent')]]),
  ]),
];

const columns: readonly Column[] = [
  { title: 'PORT', align: 'left', minimum: 5, leaves: null },
  { title: 'SERVICE', align: 'left', minimum: 8, leaves: null },
  { title: 'PROJECT', align: 'left', minimum: 10, leaves: null },
  { title: 'SINCE', align: 'right', minimum: 4, leaves: 1 },
  { title: 'NOW', align: 'left', minimum: 12, leaves: null },
  { title: 'FOLDER', align: 'left', minimum: 10, leaves: 2 },
];

/** All leases as a table, addresses below. `width`: null where nothing is cut. */
export const leaseTable = (list: LeaseList, now: number, width: number | null): readonly Line[] => {
  if (list.leases.length + list.addresses.length === 0) {
    return [line('No port is leased: homeport port NAME leases one.')];
  }
  const rows = list.leases.map((lease): readonly Line[] => [
    line(lease.address === null ? String(lease.port) : `${lease.address}:${lease.port}`, 'strong'),
    line(serviceText(lease)),
    line(ownerText(lease)),
    line(shortDuration(now - Date.parse(lease.since)), 'dim'),
    [useSpan(lease.use)],
    folderLine(lease.folder, lease.folderGone),
  ]);
  const table = layoutTable(columns, rows, width);
  return [
    ...(rows.length === 0 ? [] : [table.header, ...table.rows]),
    ...list.addresses.map((one): Line => addressLine(one)),
  ];
};

/** Leases that were removed, or would be: a line each. */
export const removedLines = (
  leases: readonly Lease[],
  addresses: readonly AddressLease[],
  removed: boolean,
): readonly Line[] => {
  const count = leases.length + addresses.length;
  if (count === 0) return [line('Every lease has its folder: there is nothing to remove.')];
  const what = counted(count, 'lease');
  return [
    line(removed ? `${what} removed:` : `${what} to remove:`, 'strong'),
    ...leases.map((one): Line => [
      span(`  ${one.port}  ${serviceText(one)} of ${ownerText(one)}`),
      span(`  ${one.folder}`, 'dim'),
    ]),
    ...addresses.map((one): Line => [span('  '), ...addressLine(one)]),
  ];
};

const serviceText = ({ service, endpoint }: Pick<Lease, 'service' | 'endpoint'>): string =>
  endpoint === 'main' ? service : `${service} (${endpoint})`;

const ownerText = ({ projectName, worktree }: Pick<Lease, 'projectName' | 'worktree'>): string =>
  worktree === null ? projectName : `${projectName} (worktree ${worktree})`;

const addressLine = (lease: AddressLease): Line => [
  span(lease.address, 'strong'),
  span(`  the address of ${ownerText(lease)}`),
  span(`  ${lease.folder}`, 'dim'),
];

const useSpan = ({ by, users }: PortUse): Span => {
  const user = users.find(({ relation }) => relation === by) ?? users[0];
  const who =
    user === undefined
      ? ''
      : `${user.program ?? 'a program not seen'}${user.pid === null ? '' : ` (pid ${user.pid})`}`;
  switch (by) {
    case 'nobody':
      return span('not in use', 'dim');
    case 'holder':
      return span(`in use: ${who}`, 'good');
    case 'stranger':
      return span(`taken by a stranger: ${who}`, 'danger');
    case 'unknown':
      return span(`in use by ${who}`, 'caution');
  }
};

const folderLine = (folder: string, gone: Known<boolean>): Line => {
  if (isUnknown(gone) || !gone) return line(folder, 'dim');
  return [span(folder, 'dim'), span(' is gone', 'caution')];
};
