import { unknown } from '../../model/known.ts';
import type { Known } from '../../model/known.ts';
import type { TcpInfo } from '../../model/socket.ts';
import type { NativeBuffer } from './ffi.ts';
import { wide } from './netlink-attributes.ts';

// Offsets in struct tcp_info (include/uapi/linux/tcp.h), which only ever grows at its end.
const lastDataSentAt = 44;
const lastDataReceivedAt = 52;
const rttAt = 68;
const rttVarianceAt = 72;
const totalRetransmitsAt = 100;
const bytesAckedAt = 120;
const bytesReceivedAt = 128;
const minRttAt = 148;
const bytesSentAt = 200;
const sizeWithBytesSent = 208;

const notMeasured = 0xffff_ffff;
const tooOld = unknown('unsupported', 'Kernels before 4.19 do not count the bytes sent.');

/**
 * Decodes `struct tcp_info` at `offset`, of `size` bytes as this kernel has it. Round-trip times
 * come in microseconds and are 0 before the first measurement.
 */
export const decodeTcpInfo = (
  { words }: NativeBuffer,
  offset: number,
  size: number,
): Known<TcpInfo> => {
  if (size < sizeWithBytesSent) return tooOld;
  const word = (at: number): number => words[(offset + at) >> 2] ?? 0;
  const minRtt = word(minRttAt);
  return {
    bytesSent: wide(words, offset + bytesSentAt),
    bytesAcked: wide(words, offset + bytesAckedAt),
    bytesReceived: wide(words, offset + bytesReceivedAt),
    rttMs: word(rttAt) / 1000,
    rttVarianceMs: word(rttVarianceAt) / 1000,
    minRttMs: minRtt === notMeasured ? 0 : minRtt / 1000,
    retransmits: word(totalRetransmitsAt),
    lastDataSentMs: word(lastDataSentAt),
    lastDataReceivedMs: word(lastDataReceivedAt),
  };
};
