import { z } from 'zod';
import type { HeldSocket } from '../list-listeners.ts';
import { countSchema, known, portSchema } from './known.schema.ts';

/** A socket's state, by the kernel's name. */
export const socketStateSchema = z.enum([
  'established',
  'syn-sent',
  'syn-recv',
  'fin-wait-1',
  'fin-wait-2',
  'time-wait',
  'close',
  'close-wait',
  'last-ack',
  'listen',
  'closing',
  'new-syn-recv',
  'bound-inactive',
]);

const socketAddress = z.strictObject({ address: z.string(), port: portSchema });

const acceptQueue = z.strictObject({ length: countSchema, limit: known(countSchema) }).nullable();

const timer = z.strictObject({
  kind: z.enum(['retransmit', 'keepalive', 'time-wait', 'zero-window-probe']),
  expiresInMs: countSchema,
  retransmits: countSchema,
});

const tcpInfo = z.strictObject({
  bytesSent: countSchema,
  bytesAcked: countSchema,
  bytesReceived: countSchema,
  rttMs: countSchema,
  rttVarianceMs: countSchema,
  minRttMs: countSchema,
  retransmits: countSchema,
  lastDataSentMs: countSchema,
  lastDataReceivedMs: countSchema,
});

const inetSocket = z.strictObject({
  transport: z.enum(['tcp', 'udp']),
  family: z.enum(['ipv4', 'ipv6']),
  namespace: z.string(),
  state: socketStateSchema,
  local: socketAddress,
  remote: socketAddress,
  interfaceIndex: countSchema,
  uid: known(countSchema),
  inode: countSchema,
  cookie: known(z.string()),
  cgroupId: known(z.string()),
  v6only: known(z.boolean()).nullable(),
  acceptQueue,
  receiveQueue: countSchema,
  sendQueue: countSchema,
  timer: known(timer).nullable(),
  tcpInfo: known(tcpInfo).nullable(),
});

const unixSocket = z.strictObject({
  transport: z.literal('unix'),
  namespace: z.string(),
  type: z.enum(['stream', 'dgram', 'seqpacket']),
  state: socketStateSchema,
  name: z.union([
    z.strictObject({ kind: z.literal('path'), path: z.string() }),
    z.strictObject({ kind: z.literal('abstract'), name: z.string() }),
    z.strictObject({ kind: z.literal('unnamed') }),
  ]),
  inode: countSchema,
  peerInode: known(countSchema).nullable(),
  uid: known(countSchema),
  cookie: known(z.string()),
  acceptQueue,
  receiveQueue: countSchema,
  sendQueue: countSchema,
});

const holder = z.strictObject({
  pid: z.int().min(1),
  fds: z.array(countSchema).min(1),
  accepting: z
    .union([
      z.strictObject({ kind: z.literal('accept'), fd: countSchema }),
      z.strictObject({ kind: z.literal('epoll'), epollFd: countSchema, fd: countSchema }),
    ])
    .nullable(),
});

const holders = known(z.array(holder).min(1));

/** One kernel socket with every process that holds it. */
export const heldSocketSchema: z.ZodType<HeldSocket> = z.union([
  inetSocket.extend({ holders }),
  unixSocket.extend({ holders }),
]);
