import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { listen, portOf } from './open-sockets.ts';
import { type RunningPython, startPython } from './start-python.ts';
import type { ListenOptions } from 'node:net';

/** Opens a server of this process that closes what it accepts; it ends with the test. */
export const serve = async (
  host: string,
  port: number,
  options: ListenOptions = {},
): Promise<number> => {
  const server = await listen({ host, port, ...options });
  server.on('connection', (socket) => socket.on('error', () => undefined).end());
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    await closed;
  });
  return portOf(server);
};

/** Starts a Python program that ends with the test, with the modules that servers need. */
export const python = async (
  program: string,
  prefix: readonly string[] = [],
): Promise<RunningPython> => {
  const running = await startPython(
    `import os, resource, socket, sys, threading, time\n${program}\nsys.stdin.read()`,
    prefix,
  );
  onTestFinished(running.stop);
  return running;
};
