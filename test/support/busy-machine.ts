import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The ports and names that `busy-machine.mjs` opened. */
export type BusyMachine = {
  readonly pid: number;
  readonly heir: number;
  readonly samePort: number;
  readonly dual: number;
  readonly only6: number;
  readonly all4: number;
  readonly tight: number;
  readonly udp: number;
  readonly udpClient: number;
  readonly clientPort: number;
  readonly shared: number;
  readonly path: string;
  readonly abstract: string;
  readonly stop: () => Promise<void>;
};

const script = join(import.meta.dirname, '../integration/busy-machine.mjs');

/** Opens one of everything that is easily told wrong, in a process of its own; optionally as another user. */
export const startBusyMachine = async (uid?: number): Promise<BusyMachine> => {
  const child = spawn(process.execPath, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString()));
    child.once('exit', (code) => reject(new Error(`the busy machine ended with ${code}`)));
  });
  const told = JSON.parse(line) as Omit<BusyMachine, 'stop'>;
  return {
    ...told,
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
};
