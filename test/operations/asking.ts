import { createServer as createHttp, type Server as HttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Host } from '../../src/host/host.ts';
import { openHost } from '../../src/host/open-host.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { LiveContext } from '../../src/operations/operation.ts';
import { waitFor, type WaitProgress, type WaitResult } from '../../src/operations/wait-for.ts';
import type { WaitForInput } from '../../src/operations/wait-for.schema.ts';
import { why } from '../../src/operations/why.ts';
import type { WhyInput } from '../../src/operations/why.schema.ts';
import { portOf } from '../support/open-sockets.ts';

/** This machine, with other answers of `host` where a test says so. */
export const thisMachine = (
  host: Partial<Host> = {},
  signal = new AbortController().signal,
): LiveContext => ({ host: { ...openHost(), ...host }, signal, now: Date.now });

/** Asks this machine why. */
export const ask = (input: WhyInput, host: Partial<Host> = {}): Promise<Diagnosis> =>
  why(thisMachine(host), input);

/** Waits on this machine, for 15 s unless the input says otherwise. */
export const wait = (
  input: WaitForInput,
  onProgress?: (progress: WaitProgress) => void,
): Promise<WaitResult> => waitFor(thisMachine(), { timeoutMs: 15_000, ...input }, onProgress);

/** A web server that says hello. */
export const http = (): HttpServer => createHttp((_, response) => void response.end('hello'));

/** Serves on an address of this machine, and tells the connections that were made. */
export const serve = async (address = '127.0.0.1', server: Server = createServer()) => {
  const connections: Socket[] = [];
  server.on('connection', (connection) => {
    connections.push(connection.on('error', () => {}).resume());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, address, resolve);
  });
  onTestFinished(() => {
    for (const connection of connections) connection.destroy();
    server.close();
  });
  return { port: portOf(server), connections };
};

/** Serves on a port of 127.0.0.1 from `delayMs` on. */
export const serveAfter = (delayMs: number, server: Server, port: number): void => {
  const timer = setTimeout(() => server.listen(port, '127.0.0.1'), delayMs);
  onTestFinished(() => {
    clearTimeout(timer);
    server.close();
  });
};

/** This process under the name of a program that must be left alone. */
export const disguisedAs = (name: string, ...words: readonly string[]): Pick<Host, 'process'> => {
  const host = openHost();
  return {
    process: (pid, detail) => {
      const one = host.process(pid, detail);
      const exe = { path: `/usr/bin/${name}`, deleted: false };
      return pid === process.pid && 'pid' in one
        ? { ...one, comm: name, argv: [name, ...words], exe }
        : one;
    },
  };
};
