import { describe, expect, it } from 'vitest';
import { bracketedNumber } from '../../src/host/linux/bracketed-number.ts';
import type { NativeBuffer } from '../../src/host/linux/ffi.ts';
import { cookieText, wideText } from '../../src/host/linux/kernel-ids.ts';
import { forEachLine } from '../../src/host/linux/lines.ts';
import { decodeInet } from '../../src/host/linux/sock-diag.ts';
import { hasTcpInfo, stateName, timerKind } from '../../src/host/linux/socket-state.ts';
import { decodeTcpInfo } from '../../src/host/linux/tcp-info.ts';
import { decodeUnix } from '../../src/host/linux/unix-diag.ts';

const bufferOf = (...parts: readonly (Uint8Array | readonly number[])[]): NativeBuffer => {
  const bytes = Buffer.from(new ArrayBuffer(512));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, words: new Uint32Array(bytes.buffer), address: 0 };
};

const word = (...values: readonly number[]): Uint8Array =>
  new Uint8Array(new Uint32Array(values).buffer);

const attribute = (type: number, value: Uint8Array): Uint8Array => {
  const padded = new Uint8Array((value.length + 7) & ~3);
  padded.set(word((type << 16) | (value.length + 4)));
  padded.set(value, 4);
  return padded;
};

describe('decodeInet', () => {
  const request = {
    transport: 'tcp',
    family: 'ipv6',
    file: 'tcp6',
    namespace: 'net:[9]',
    states: 'all',
    localPort: 0,
  } as const;
  const linkLocal = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x2a];
  const message = (state: number, timer: number): readonly (Uint8Array | readonly number[])[] => [
    [10, state, timer, 3],
    [0x1f, 0x90, 0, 0],
    linkLocal,
    Array.from({ length: 16 }, () => 0),
    word(4, 0x89abcdef, 0x1),
    word(1500, 2, 511, 1000, 77),
  ];
  const decode = (...attributes: readonly Uint8Array[]): unknown => {
    const parts = [...message(10, 0), ...attributes];
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    return decodeInet(bufferOf(...parts), 0, length, request);
  };

  it('reads every field and attribute of a listener', () => {
    expect(
      decode(attribute(8, word(0)), attribute(21, word(1, 1)), attribute(11, new Uint8Array([1]))),
    ).toEqual({
      transport: 'tcp',
      family: 'ipv6',
      namespace: 'net:[9]',
      state: 'listen',
      local: { address: 'fe80::2a', port: 8080 },
      remote: { address: '::', port: 0 },
      interfaceIndex: 4,
      uid: 1000,
      inode: 77,
      cookie: '189abcdef',
      cgroupId: '4294967297',
      v6only: true,
      acceptQueue: { length: 2, limit: 511 },
      receiveQueue: 0,
      sendQueue: 0,
      timer: null,
      tcpInfo: null,
    });
  });

  it('says what a kernel without an attribute does not tell', () => {
    const none = { unknown: 'unsupported' };
    expect(decode()).toMatchObject({ cgroupId: none, v6only: none });
  });

  it('reads queues in bytes and the timer of a connection', () => {
    expect(decodeInet(bufferOf(...message(1, 1)), 0, 72, request)).toMatchObject({
      state: 'established',
      acceptQueue: null,
      receiveQueue: 2,
      sendQueue: 511,
      timer: { kind: 'retransmit', expiresInMs: 1500, retransmits: 3 },
      tcpInfo: { unknown: 'unsupported' },
    });
  });

  it('takes no message that is cut short', () => {
    expect(decodeInet(bufferOf(...message(10, 0)), 0, 71, request)).toBeNull();
  });
});

describe('decodeTcpInfo', () => {
  const info = bufferOf();
  const at = (offset: number, ...values: readonly number[]): void => {
    info.words.set(values, offset / 4);
  };
  at(44, 11, 0, 12);
  at(68, 1500, 250);
  at(100, 3);
  at(120, 7, 1, 8, 0);
  at(148, 0xffff_ffff);
  at(200, 9, 2);

  it('reads times in ms, counters of 64 bits, and no minimum that was never measured', () => {
    expect(decodeTcpInfo(info, 0, 248)).toEqual({
      bytesSent: 2 * 2 ** 32 + 9,
      bytesAcked: 2 ** 32 + 7,
      bytesReceived: 8,
      rttMs: 1.5,
      rttVarianceMs: 0.25,
      minRttMs: 0,
      retransmits: 3,
      lastDataSentMs: 11,
      lastDataReceivedMs: 12,
    });
  });

  it('is unknown where the kernel is too old to have it all', () => {
    expect(decodeTcpInfo(info, 0, 208)).toMatchObject({ bytesReceived: 8 });
    expect(decodeTcpInfo(info, 0, 207)).toMatchObject({ unknown: 'unsupported' });
  });
});

describe('decodeUnix', () => {
  const header = (type: number, state: number): readonly (Uint8Array | readonly number[])[] => [
    [1, type, state, 0],
    word(55, 0xa, 0),
  ];
  const decode = (
    states: 'listening' | 'all',
    head: readonly (Uint8Array | readonly number[])[],
    ...attributes: readonly Uint8Array[]
  ): unknown => {
    const parts = [...head, ...attributes];
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    return decodeUnix(bufferOf(...parts), 0, length, { namespace: 'this', states });
  };
  const name = (text: string): Uint8Array => attribute(0, Buffer.from(text));

  it('reads a listener with its queue', () => {
    expect(
      decode(
        'all',
        header(1, 10),
        name('/run/x.sock\0'),
        attribute(4, word(2, 128)),
        attribute(7, word(33)),
      ),
    ).toEqual({
      transport: 'unix',
      namespace: 'this',
      type: 'stream',
      state: 'listen',
      name: { kind: 'path', path: '/run/x.sock' },
      inode: 55,
      peerInode: null,
      uid: 33,
      cookie: 'a',
      acceptQueue: { length: 2, limit: 128 },
      receiveQueue: 0,
      sendQueue: 0,
    });
  });

  it('reads a connection with peer and bytes', () => {
    expect(
      decode('all', header(5, 1), attribute(2, word(56)), attribute(4, word(7, 8))),
    ).toMatchObject({
      type: 'seqpacket',
      state: 'established',
      name: { kind: 'unnamed' },
      peerInode: 56,
      uid: { unknown: 'unsupported' },
      acceptQueue: null,
      receiveQueue: 7,
      sendQueue: 8,
    });
  });

  it.each([
    ['/no/nul', { kind: 'path', path: '/no/nul' }],
    ['\0', { kind: 'abstract', name: '' }],
    ['\0a\0b\0', { kind: 'abstract', name: 'a\0b\0' }],
    ['', { kind: 'unnamed' }],
  ])('reads the name %j', (text, expected) => {
    expect(decode('all', header(1, 10), name(text))).toMatchObject({ name: expected });
  });

  it('leaves out what can not be reached where listening ones are asked for', () => {
    const kept = [
      decode('listening', header(1, 10)),
      decode('listening', header(2, 7), name('/d')),
      decode('listening', header(2, 1), name('/d')),
      decode('listening', header(2, 7)),
      decode('listening', header(1, 1), name('/s')),
      decode('listening', header(1, 7), name('/s')),
    ].map((row) => row !== null);
    expect(kept).toEqual([true, true, true, false, false, false]);
  });

  it('takes no other type and no message that is cut short', () => {
    expect(decode('all', header(9, 10))).toBeNull();
    expect(
      decodeUnix(bufferOf(...header(1, 10)), 0, 15, { namespace: 'this', states: 'all' }),
    ).toBeNull();
  });
});

describe('states and timers', () => {
  it('have the names of the kernel', () => {
    expect([1, 6, 7, 10, 12, 13].map(stateName)).toEqual([
      'established',
      'time-wait',
      'close',
      'listen',
      'new-syn-recv',
      'bound-inactive',
    ]);
    expect([0, 1, 2, 3, 4, 5].map(timerKind)).toEqual([
      null,
      'retransmit',
      'keepalive',
      'time-wait',
      'zero-window-probe',
      null,
    ]);
  });

  it('tell a connection from what only remembers one', () => {
    expect([1, 2, 3, 5, 6, 7, 10, 12, 13].map((state) => hasTcpInfo(state, 0))).toEqual([
      true,
      true,
      false,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(hasTcpInfo(5, 3)).toBe(false);
  });
});

describe('ids', () => {
  it('are cookies in hex and others in decimal, of 64 bits', () => {
    expect([cookieText(0x2f, 0), cookieText(0x2f, 1)]).toEqual(['2f', '10000002f']);
    expect([wideText(1, 0), wideText(0, 1), wideText(0xffff_ffff, 0xffff_ffff)]).toEqual([
      '1',
      '4294967296',
      '18446744073709551615',
    ]);
  });
});

describe('bracketedNumber', () => {
  const prefix = Buffer.from('socket:[');
  it.each([
    ['socket:[123]', 123],
    ['socket:[4294967295]', 4294967295],
    ['socket:[]', -1],
    ['socket:[12', -1],
    ['socket:[1x]', -1],
    ['socket:[12]x', -1],
    ['pipe:[123]', -1],
    ['', -1],
  ])('%j is %d', (text, expected) => {
    const bytes = Buffer.from(`${text}rest of an older, longer link]`);
    expect(bracketedNumber(bytes, text.length, prefix)).toBe(expected);
  });
});

describe('forEachLine', () => {
  it.each([
    ['a\nb\nc\n', 1, ['b', 'c']],
    ['a\nb', 0, ['a', 'b']],
    ['a\n\nb', 1, ['', 'b']],
    ['', 0, []],
    ['a\n', 2, []],
  ] as const)('%j without %d', (text, skip, expected) => {
    const lines: string[] = [];
    forEachLine(text, skip, (line) => lines.push(line));
    expect(lines).toEqual(expected);
  });
});
