import { describe, expect, it } from 'vitest';
import { dumpRows } from '../../src/host/linux/dump-rows.ts';
import type { Ffi, NativeBuffer } from '../../src/host/linux/ffi.ts';
import { closeNetlink, dump, headerSize, openNetlink } from '../../src/host/linux/netlink.ts';
import { forEachAttribute, wide } from '../../src/host/linux/netlink-attributes.ts';
import type { NetlinkChannel } from '../../src/host/linux/netlink.ts';

const [eintr, enoent, eagain, ebusy, enobufs, nomsg] = [4, 2, 11, 16, 105, 42];
const [multi, interruptedFlag] = [0x2, 0x10];
const [sockDiag, errorType, doneType] = [20, 2, 3];

type Message = { type?: number; flags?: number; sequence?: number; payload?: readonly number[] };
type Answer = readonly Message[] | { errno: number } | { raw: readonly number[] };

const buffer = (size: number): NativeBuffer => {
  const bytes = Buffer.from(new ArrayBuffer(size));
  return { bytes, words: new Uint32Array(bytes.buffer), address: 0 };
};

/** A kernel that gives these answers, one for each recv(2), to requests of any kind. */
const channelOf = (answers: readonly Answer[], sendErrors: readonly number[] = []) => {
  const left = [...answers];
  const sends = [...sendErrors];
  const request = buffer(128);
  const reply = buffer(4096);
  const requests: string[] = [];
  const closed: number[] = [];
  let errno = 0;
  const fail = (number: number): number => {
    errno = number;
    return -1;
  };
  const ffi: Ffi = {
    ...unused,
    errno: () => errno,
    send: (_descriptor, _address, size) => {
      requests.push(request.bytes.toString('hex', 0, size));
      const failure = sends.shift();
      return failure === undefined ? size : fail(failure);
    },
    recv: () => {
      const answer = left.shift();
      if (answer === undefined) return fail(eagain);
      if ('errno' in answer) return fail(answer.errno);
      const words =
        'raw' in answer
          ? answer.raw
          : answer.flatMap(({ type = sockDiag, flags = multi, sequence, payload = [] }) => [
              headerSize + payload.length * 4,
              type | (flags << 16),
              sequence ?? request.words[2] ?? 0,
              0,
              ...payload,
            ]);
      reply.words.set(words);
      return words.length * 4;
    },
    close: (descriptor) => closed.push(descriptor),
  };
  const channel: NetlinkChannel = { ffi, descriptor: 7, request, reply };
  return { channel, requests, closed, left };
};

const refuse = (): never => {
  throw new Error('not expected');
};
const unused: Ffi = {
  allocate: buffer,
  errno: refuse,
  openat: refuse,
  close: refuse,
  read: refuse,
  readlinkat: refuse,
  getdents64: refuse,
  statx: refuse,
  socket: refuse,
  setsockopt: refuse,
  bind: refuse,
  send: refuse,
  recv: refuse,
  setns: refuse,
  flock: refuse,
  poll: refuse,
  ioctl: refuse,
  syscall: refuse,
};

const done: Message = { type: doneType, payload: [0] };

const rowsOf = (answers: readonly Answer[], sendErrors: readonly number[] = []) => {
  const kernel = channelOf(answers, sendErrors);
  const rows: (number | undefined)[] = [-1];
  const result = dumpRows(
    kernel.channel,
    () => 4,
    (reply, offset) => reply.words[offset >> 2] ?? null,
    rows,
  );
  return { ...result, rows: rows.slice(1), dumps: kernel.requests.length };
};

describe('dump', () => {
  it('sends a dump request of its own number', () => {
    const { channel, requests } = channelOf([[done], [done]]);
    channel.request.words[headerSize >> 2] = 0xaabbccdd;
    dump(channel, 4, refuse);
    dump(channel, 4, refuse);
    const [first = '', second = ''] = requests;
    expect(first).toMatch(/^14000000.{0}14000103.{8}00000000ddccbbaa$/);
    expect(second.slice(16, 24)).not.toBe(first.slice(16, 24));
  });

  it('visits messages of several reads until the end', () => {
    const answers = [[{ payload: [1] }, { payload: [2, 3] }], [{ payload: [4] }], [done]];
    expect(rowsOf(answers)).toEqual({ errno: 0, torn: false, rows: [1, 2, 4], dumps: 1 });
  });

  it('passes over what an abandoned dump left behind', () => {
    const answers = [
      [
        { payload: [9], sequence: 1e6 },
        { ...done, sequence: 1e6 },
      ],
      [{ payload: [1] }, done],
    ];
    expect(rowsOf(answers).rows).toEqual([1]);
  });

  it('goes on after an interrupted call', () => {
    const answers = [{ errno: eintr }, [{ payload: [1] }], { errno: eintr }, [done]];
    expect(rowsOf(answers, [eintr])).toMatchObject({ errno: 0, rows: [1] });
  });

  it('ends with the number of the error that the kernel answers', () => {
    const answers = [[{ payload: [1] }], [{ type: errorType, payload: [-enoent >>> 0] }]];
    expect(rowsOf(answers)).toEqual({ errno: enoent, torn: false, rows: [], dumps: 1 });
    expect(rowsOf([[{ type: doneType, payload: [-enoent >>> 0] }]]).errno).toBe(enoent);
  });

  it('ends where the kernel has nothing, or nonsense, to say', () => {
    expect(rowsOf([]).errno).toBe(eagain);
    expect(rowsOf([[]]).errno).toBe(nomsg);
    expect(rowsOf([{ raw: [400, sockDiag, 0, 0] }]).errno).toBe(nomsg);
    expect(rowsOf([{ raw: [3, sockDiag, 0, 0] }]).errno).toBe(nomsg);
    expect(rowsOf([[done]], [13]).errno).toBe(13);
  });

  it('is taken again where the tables changed under it, three times at most', () => {
    const torn = [{ payload: [1], flags: multi | interruptedFlag }, { payload: [2] }, done];
    expect(rowsOf([torn, [{ payload: [3] }, done]])).toEqual({
      errno: 0,
      torn: false,
      rows: [3],
      dumps: 2,
    });
    expect(rowsOf([torn, torn, torn, torn])).toEqual({
      errno: 0,
      torn: true,
      rows: [1, 2],
      dumps: 3,
    });
  });

  it('is taken again where the kernel was busy, three times at most', () => {
    expect(rowsOf([{ errno: enobufs }, { errno: ebusy }, [{ payload: [1] }, done]])).toMatchObject({
      errno: 0,
      rows: [1],
      dumps: 3,
    });
    expect(rowsOf([{ errno: ebusy }, { errno: ebusy }, { errno: ebusy }, [done]])).toMatchObject({
      errno: ebusy,
      dumps: 3,
    });
  });
});

describe('openNetlink and closeNetlink', () => {
  it('answer the number of what was refused', () => {
    expect(openNetlink({ ...unused, socket: () => -1, errno: () => 13 })).toBe(13);
  });

  it('close the descriptor', () => {
    const { channel, closed } = channelOf([]);
    closeNetlink(channel);
    expect(closed).toEqual([7]);
  });
});

describe('forEachAttribute', () => {
  const visited = (words: readonly number[], end: number): readonly unknown[] => {
    const reply = buffer(64);
    reply.words.set(words);
    const seen: unknown[] = [];
    forEachAttribute(reply, 4, end, (_reply, ...attribute) => seen.push(attribute));
    return seen;
  };

  it('visits type, offset and size, aligned to four bytes and without flags', () => {
    const words = [0, (11 << 16) | 5, 1, (0x8015 << 16) | 12, 7, 0];
    expect(visited(words, 24)).toEqual([
      [11, 8, 1],
      [21, 16, 8],
    ]);
  });

  it('stops at what is cut short', () => {
    expect(visited([0, (1 << 16) | 12, 0], 12)).toEqual([]);
    expect(visited([0, (1 << 16) | 3, 0], 12)).toEqual([]);
    expect(visited([0, (1 << 16) | 4], 7)).toEqual([]);
  });
});

describe('wide', () => {
  it('joins two words', () => {
    expect(wide(new Uint32Array([0, 5, 2]), 4)).toBe(2 * 2 ** 32 + 5);
  });
});
