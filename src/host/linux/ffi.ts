import { createRequire } from 'node:module';

/** Memory that libc may write to: never moved or freed while this object is referenced. */
export type NativeBuffer = {
  readonly bytes: Buffer;
  /** The same memory in native byte order. */
  readonly words: Uint32Array;
  readonly address: number;
};

/**
 * libc, called synchronously. Pointers are addresses (`NativeBuffer.address` plus an offset). Each
 * function answers as its man page says, -1 for an error whose number `errno()` then tells.
 */
export type Ffi = {
  /** Zero-filled memory of `size` bytes, a multiple of 4. */
  allocate(size: number): NativeBuffer;
  errno(): number;
  openat(directory: number, path: number, flags: number): number;
  close(descriptor: number): number;
  read(descriptor: number, buffer: number, size: number): number;
  readlinkat(directory: number, path: number, buffer: number, size: number): number;
  getdents64(directory: number, buffer: number, size: number): number;
  statx(directory: number, path: number, flags: number, mask: number, buffer: number): number;
  socket(domain: number, type: number, protocol: number): number;
  setsockopt(descriptor: number, level: number, name: number, value: number, size: number): number;
  bind(descriptor: number, address: number, size: number): number;
  send(descriptor: number, buffer: number, size: number, flags: number): number;
  recv(descriptor: number, buffer: number, size: number, flags: number): number;
  setns(descriptor: number, type: number): number;
  flock(descriptor: number, operation: number): number;
  poll(descriptors: number, count: number, timeoutMs: number): number;
  ioctl(descriptor: number, request: number, argument: number): number;
  /** syscall(2), for what libc has no function of everywhere. */
  syscall(number: number, a: number, b: number, c: number, d: number): number;
};

/** `AT_FDCWD` of openat(2): the path is absolute or relative to the working directory. */
export const atWorkingDirectory = -100;

/** `O_RDONLY | O_CLOEXEC` of open(2), the same on every architecture that koffi is built for. */
export const readOnly = 0o2000000;

let loaded: Ffi | null | undefined;

/**
 * Loads koffi and libc's functions at the first call, 3 ms or so. null where koffi can't be loaded,
 * libc lacks a function, or `HOMEPORT_NO_FFI` is set: callers then use plain files.
 */
export const openFfi = (): Ffi | null => {
  if (process.env['HOMEPORT_NO_FFI']) return null;
  loaded ??= loadFfi();
  return loaded;
};

const loadFfi = (): Ffi | null => {
  try {
    const koffi = loadKoffi();
    return koffi === null ? null : bindLibc(koffi);
  } catch {
    return null;
  }
};

type NativeFunction = (...args: number[]) => number;

type Koffi = {
  load(library: null): {
    func(name: string, result: string, parameters: readonly string[]): NativeFunction;
  };
  address(bytes: Uint8Array): bigint;
  errno(): number;
};

const isKoffi = (module: unknown): module is Koffi =>
  typeof module === 'object' &&
  module !== null &&
  ['load', 'address', 'errno'].every((name) => typeof Reflect.get(module, name) === 'function');

// The prebuilt package of this platform loads in a quarter of the time that koffi's own entry takes.
const loadKoffi = (): Koffi | null => {
  const load = createRequire(import.meta.url);
  const prebuilt = `@koromix/koffi-${process.platform}-${process.arch}`;
  const attempts: readonly (() => unknown)[] = [
    () => load(prebuilt),
    () => createRequire(load.resolve('koffi'))(prebuilt),
    () => load('koffi'),
  ];
  for (const attempt of attempts) {
    try {
      const module = attempt();
      if (isKoffi(module)) return module;
    } catch {
      continue;
    }
  }
  return null;
};

const bindLibc = (koffi: Koffi): Ffi => {
  const libc = koffi.load(null);
  return {
    allocate: (size) => allocate(koffi, size),
    errno: () => koffi.errno(),
    openat: libc.func('openat', 'int', ['int', 'uintptr_t', 'int']),
    close: libc.func('close', 'int', ['int']),
    read: libc.func('read', 'intptr_t', ['int', 'uintptr_t', 'size_t']),
    readlinkat: libc.func('readlinkat', 'intptr_t', ['int', 'uintptr_t', 'uintptr_t', 'size_t']),
    getdents64: libc.func('getdents64', 'intptr_t', ['int', 'uintptr_t', 'size_t']),
    statx: libc.func('statx', 'int', ['int', 'uintptr_t', 'int', 'uint', 'uintptr_t']),
    socket: libc.func('socket', 'int', ['int', 'int', 'int']),
    setsockopt: libc.func('setsockopt', 'int', ['int', 'int', 'int', 'uintptr_t', 'uint']),
    bind: libc.func('bind', 'int', ['int', 'uintptr_t', 'uint']),
    send: libc.func('send', 'intptr_t', ['int', 'uintptr_t', 'size_t', 'int']),
    recv: libc.func('recv', 'intptr_t', ['int', 'uintptr_t', 'size_t', 'int']),
    setns: libc.func('setns', 'int', ['int', 'int']),
    flock: libc.func('flock', 'int', ['int', 'int']),
    poll: libc.func('poll', 'int', ['uintptr_t', 'ulong', 'int']),
    ioctl: libc.func('ioctl', 'int', ['int', 'ulong', 'uintptr_t']),
    syscall: libc.func('syscall', 'long', ['long', 'long', 'long', 'long', 'long']),
  };
};

const allocate = (koffi: Koffi, size: number): NativeBuffer => {
  // An ArrayBuffer of its own lives outside V8's heap; small typed arrays would be moved by the collector.
  const memory = new ArrayBuffer(size);
  const bytes = Buffer.from(memory);
  return { bytes, words: new Uint32Array(memory), address: Number(koffi.address(bytes)) };
};
