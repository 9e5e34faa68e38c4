import type { SocketState, SocketTimer } from '../../model/socket.ts';

/** Numbers of `include/net/tcp_states.h` that code tests for. */
export const tcpState = { close: 7, listen: 10 } as const;

const states: readonly SocketState[] = [
  'close',
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
];

/** The name of a state's number; a number that this kernel has and we don't know reads as `close`. */
export const stateName = (state: number): SocketState => states[state] ?? 'close';

const timers: readonly (SocketTimer['kind'] | null)[] = [
  null,
  'retransmit',
  'keepalive',
  'time-wait',
  'zero-window-probe',
];

/** `idiag_timer` of inet_diag_msg, the `tr` column of /proc/net/tcp: which timer runs; null: none. */
export const timerKind = (timer: number): SocketTimer['kind'] | null => timers[timer] ?? null;

const timeWaitTimer = 3;

/**
 * Whether the kernel keeps `tcp_info` for a TCP socket: a connection that is neither still a
 * request (SYN_RECV) nor only remembered (a time-wait timer runs, which FIN_WAIT_2 may have too).
 */
export const hasTcpInfo = (state: number, timer: number): boolean =>
  timer !== timeWaitTimer && infoStates.has(state);

const infoStates: ReadonlySet<number> = new Set([1, 2, 4, 5, 8, 9, 11]);
