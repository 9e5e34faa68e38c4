import { z } from 'zod';
import type { AddressLease, Lease, PortNote, PortUse, PortUser } from '../../model/lease.ts';
import type { PortClash, PortWant } from '../../model/port-want.ts';
import type { PortCheck } from '../check-ports.ts';
import type { LeasedPort } from '../lease-port.ts';
import type { LeaseList } from '../list-leases.ts';
import type { RemovedLeases } from '../remove-leases.ts';
import { known, problemSchema } from './known.schema.ts';

const port = z.int().min(1).max(65_535);

const holder = {
  project: z.string(),
  worktree: z.string().nullable(),
  projectName: z.string(),
  folder: z.string(),
  uid: z.int(),
  user: z.string().nullable(),
  since: z.iso.datetime(),
};

const leaseFields = {
  ...holder,
  service: z.string(),
  endpoint: z.string(),
  address: z.ipv4().nullable(),
  port,
};

const lease = z.strictObject(leaseFields) satisfies z.ZodType<Lease>;

const addressFields = { ...holder, address: z.ipv4() };

const addressLease = z.strictObject(addressFields) satisfies z.ZodType<AddressLease>;

const portUser = z.strictObject({
  role: z.enum(['listens', 'connects']),
  address: z.string(),
  pid: z.int().nullable(),
  program: z.string().nullable(),
  project: z.string().nullable(),
  worktree: z.string().nullable(),
  relation: z.enum(['holder', 'stranger', 'unknown']),
}) satisfies z.ZodType<PortUser>;

const portUse = z.strictObject({
  by: z.enum(['nobody', 'holder', 'stranger', 'unknown']),
  users: z.array(portUser),
}) satisfies z.ZodType<PortUse>;

const portNote = z.strictObject({
  id: z.enum([
    'in-ephemeral-range',
    'ephemeral-range-unknown',
    'commonly-used',
    'no-project',
    'taken-by-stranger',
  ]),
  text: z.string(),
  command: z.string().exactOptional(),
}) satisfies z.ZodType<PortNote>;

/** What leasing a port answers. */
export const leasedPortSchema = z.strictObject({
  lease,
  outcome: z.enum(['kept', 'made', 'moved']),
  host: z.string(),
  url: z.string(),
  environment: z.record(z.string(), z.string()),
  use: portUse,
  notes: z.array(portNote),
  problems: z.array(problemSchema),
}) satisfies z.ZodType<LeasedPort>;

/** What listing the leases answers. */
export const leaseListSchema = z.strictObject({
  path: z.string(),
  leases: z.array(z.strictObject({ ...leaseFields, folderGone: known(z.boolean()), use: portUse })),
  addresses: z.array(z.strictObject({ ...addressFields, folderGone: known(z.boolean()) })),
  problems: z.array(problemSchema),
}) satisfies z.ZodType<LeaseList>;

/** What removing leases answers. */
export const removedLeasesSchema = z.strictObject({
  leases: z.array(lease),
  addresses: z.array(addressLease),
  removed: z.boolean(),
  problems: z.array(problemSchema),
}) satisfies z.ZodType<RemovedLeases>;

const want = z.strictObject({
  file: z.string(),
  line: z.int().nullable(),
  what: z.string(),
  service: z.string().nullable(),
  role: z.enum(['serves', 'refers']),
  transport: z.enum(['tcp', 'udp']),
  address: z.string().nullable(),
  port: z.int(),
  assumed: z.boolean(),
}) satisfies z.ZodType<PortWant>;

const clash = z.strictObject({
  id: z.enum([
    'wanted-twice',
    'leased',
    'in-use',
    'no-port',
    'blocked-by-browsers',
    'in-ephemeral-range',
  ]),
  severity: z.enum(['clash', 'notice']),
  port: z.int(),
  text: z.string(),
  wants: z.array(want),
}) satisfies z.ZodType<PortClash>;

/** What checking files' ports answers. */
export const portCheckSchema = z.strictObject({
  wants: z.array(want),
  clashes: z.array(clash),
  problems: z.array(problemSchema),
}) satisfies z.ZodType<PortCheck>;
