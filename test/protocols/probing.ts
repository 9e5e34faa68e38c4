import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { DialTarget, Host } from '../../src/host/host.ts';
import type { Protocol } from '../../src/model/protocol.ts';
import { probeProtocol, type ProbeOptions } from '../../src/protocols/probe-protocol.ts';

/** A Host's `dial` on node:net alone; `opened` holds every stream it gave out. */
export const directDial = (): { dial: Host['dial']; opened: Duplex[] } => {
  const opened: Duplex[] = [];
  const dial: Host['dial'] = (target, signal) =>
    new Promise((resolve, reject) => {
      const socket =
        target.transport === 'unix' ? connect(target.path) : connect(target.port, target.address);
      const abort = (): void => void socket.destroy(new Error('aborted'));
      signal.addEventListener('abort', abort, { once: true });
      socket.once('error', reject).once('connect', () => {
        socket.off('error', reject);
        signal.removeEventListener('abort', abort);
        opened.push(socket);
        resolve(socket);
      });
    });
  return { dial, opened };
};

export type Probed = {
  readonly protocol: Protocol;
  readonly questions: readonly string[];
  readonly opened: readonly Duplex[];
};

/** Probes a port of 127.0.0.1 (or another target) and tells what was asked on the way. */
export const probe = async (
  where: number | DialTarget,
  options: Partial<Omit<ProbeOptions, 'target'>> = {},
): Promise<Probed> => {
  const { dial, opened } = directDial();
  const questions: string[] = [];
  const target: DialTarget =
    typeof where === 'number' ? { transport: 'tcp', address: '127.0.0.1', port: where } : where;
  const protocol = await probeProtocol({
    dial,
    target,
    serverName: 'localhost',
    hints: [],
    budgetMs: 2_500,
    now: () => performance.now(),
    signal: new AbortController().signal,
    onProgress: (question) => void questions.push(question),
    ...options,
  });
  return { protocol, questions, opened };
};

/** The identification, for tests that expect one; throws with the answer where there is none. */
export const identify = async (
  where: number | DialTarget,
  options: Partial<Omit<ProbeOptions, 'target'>> = {},
): Promise<Extract<Protocol, { status: 'identified' }>> => {
  const { protocol } = await probe(where, options);
  if (protocol.status !== 'identified') throw new Error(JSON.stringify(protocol));
  return protocol;
};

/** A little server of a test. `received` is what each connection sent, `open` how many there are. */
export type LittleServer = {
  readonly port: number;
  readonly received: readonly Buffer[];
  readonly open: () => number;
  readonly close: () => Promise<void>;
};

/** Serves each connection of a port of 127.0.0.1 (or a unix socket's path) with `serve`. */
export const listen = async (
  serve: (socket: Socket) => void,
  path: string | null = null,
): Promise<LittleServer> => {
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const index = received.push(Buffer.alloc(0)) - 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      received[index] = Buffer.concat([received[index] ?? Buffer.alloc(0), chunk]);
    });
    serve(socket);
  });
  const port = await listening(server, path);
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return { port, received, open: () => sockets.size, close };
};

/** Listens on a free port of 127.0.0.1 (or at a path) and resolves with the port. */
export const listening = async (server: Server, path: string | null = null): Promise<number> => {
  if (path === null) server.listen(0, '127.0.0.1');
  else server.listen(path);
  await once(server, 'listening');
  const address: string | AddressInfo | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};
