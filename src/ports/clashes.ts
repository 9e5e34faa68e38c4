import type { Lease, LeaseScope, PortUse } from '../model/lease.ts';
import type { PortClash, PortWant } from '../model/port-want.ts';
import { isBadPort, lastPort } from '../model/port.ts';
import { isEphemeral, type PortFacts } from './pool.ts';
import { leaseName } from './refuse-port.ts';
import { isSameScope } from './scope.ts';
import { isUsualStore } from './usual-services.ts';

/** A wanted port with what was found out about it. */
export type JudgedWant = PortWant & {
  /** The folder that its file is in. */
  readonly folder: string;
  readonly scope: LeaseScope;
  /** Who has the port now, as seen by the project of the file. */
  readonly use: PortUse;
};

/** What speaks against the wanted ports, by port: clashes with each other, leases and what runs now. */
export const portClashes = (
  judged: readonly JudgedWant[],
  leases: readonly Lease[],
  facts: PortFacts,
): readonly PortClash[] => {
  const wants = withoutOverruled(judged);
  const byPort = Map.groupBy(wants, ({ port }) => port);
  return [...byPort]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([port, same]) => [
      ...numberClashes(port, same, facts),
      ...wantedTwice(port, same),
      ...leasedClashes(same, leases),
      ...inUse(port, same),
    ]);
};

/** A default counts for nothing where the same folder says which port it is. */
const withoutOverruled = (wants: readonly JudgedWant[]): readonly JudgedWant[] => {
  const told = new Set(
    wants.flatMap((want) => (want.assumed || want.service !== null ? [] : [want.folder])),
  );
  return wants.filter(({ assumed, folder }) => !assumed || !told.has(folder));
};

const numberClashes = (
  port: number,
  wants: readonly JudgedWant[],
  facts: PortFacts,
): readonly PortClash[] => {
  if (port < 1 || port > lastPort) {
    return [clash('no-port', port, wants, `${port} is no port: they go from 1 to ${lastPort}`)];
  }
  const serving = wants.filter(({ role }) => role === 'serves');
  if (serving.length === 0) return [];
  if (isBadPort(port)) {
    return [clash('blocked-by-browsers', port, serving, `browsers refuse port ${port}`)];
  }
  if (!isEphemeral(port, facts)) return [];
  const text = `an outgoing connection can take ${port}, which is in this kernel's ephemeral range`;
  return [{ ...clash('in-ephemeral-range', port, serving, text), severity: 'notice' }];
};

const wantedTwice = (port: number, wants: readonly JudgedWant[]): readonly PortClash[] => {
  const serving = wants.filter(({ role }) => role === 'serves');
  const claims = serving.length > 0 || isUsualStore(port) ? serving : wants;
  const rivals = claims.filter((want) => claims.some((other) => areRivals(want, other)));
  if (rivals.length === 0) return [];
  const names = [...new Set(rivals.map(wantText))];
  return [clash('wanted-twice', port, rivals, `${port} is wanted by ${names.join(' and ')}`)];
};

const areRivals = (a: JudgedWant, b: JudgedWant): boolean =>
  a.transport === b.transport &&
  (a.service !== b.service || a.folder !== b.folder) &&
  (a.address === null || b.address === null || overlap(a.address, b.address));

const overlap = (a: string, b: string): boolean => a === b || isAny(a) || isAny(b);

const isAny = (address: string): boolean => address === '0.0.0.0' || address === '::';

/** A lease of the project's own is meant to be used, unless by another of its services. */
const leasedClashes = (
  wants: readonly JudgedWant[],
  leases: readonly Lease[],
): readonly PortClash[] =>
  wants
    .filter(({ role }) => role === 'serves')
    .flatMap((want) => {
      const lease = leases.find((one) => one.port === want.port && isAnothers(one, want));
      if (lease === undefined) return [];
      const text = `${want.port}, which ${wantText(want)} wants, is leased to ${leaseName(lease)}`;
      return [clash('leased', want.port, [want], text)];
    });

const isAnothers = (lease: Lease, { scope, service, address }: JudgedWant): boolean => {
  if (lease.address !== null && address !== null && !overlap(lease.address, address)) return false;
  if (!isSameScope(lease, scope)) return lease.address === null || address !== null;
  return service !== null && service !== lease.service;
};

const inUse = (port: number, wants: readonly JudgedWant[]): readonly PortClash[] => {
  const serving = wants.filter(({ role, transport }) => role === 'serves' && transport === 'tcp');
  const against = serving.filter(({ use }) => use.by === 'stranger' || use.by === 'unknown');
  const [first] = against;
  if (first === undefined) return [];
  const user = first.use.users.find(({ relation }) => relation === first.use.by);
  const pid = user === undefined || user.pid === null ? '' : ` (pid ${user.pid})`;
  const whose = user === undefined || user.project === null ? '' : ` of ${user.project}`;
  const who = `${user?.program ?? 'a program that could not be seen'}${pid}${whose}`;
  return [clash('in-use', port, against, `${port} is in use by ${who}`)];
};

const clash = (
  id: PortClash['id'],
  port: number,
  wants: readonly JudgedWant[],
  text: string,
): PortClash => ({ id, severity: 'clash', port, text, wants: wants.map(plain) });

const plain = (want: JudgedWant): PortWant => {
  const { file, line, what, service, role, transport, address, port, assumed } = want;
  return { file, line, what, service, role, transport, address, port, assumed };
};

/** `script dev of web/package.json` */
const wantText = ({ what, file }: PortWant): string => `${what} of ${file}`;
