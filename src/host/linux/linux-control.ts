import { engineSockets } from '../containers/engine-sockets.ts';
import { inspectContainer, stopContainer } from '../containers/control-container.ts';
import type { HostControl } from '../host-control.ts';
import { destroySocket } from './destroy-socket.ts';
import { openFfi } from './ffi.ts';
import { holdProcess } from './held-process.ts';
import { readMaskedEnvironment } from './masked-environment.ts';
import { isRunning, type ProcessContext } from './processes.ts';
import { runProgram } from './run-program.ts';

/** What changes this Linux machine. `context` tells processes apart. */
export const linuxControl = (context: ProcessContext): HostControl => {
  const sockets = (): readonly string[] => engineSockets(context.root.files, process.env);
  return {
    holdProcess: (identity) =>
      holdProcess(openFfi(), (asked) => isRunning(context, asked), identity),
    runTool: runProgram,
    inspectContainer: (id, signal) => inspectContainer(sockets(), id, signal),
    stopContainer: (id, graceMs, signal) => stopContainer(sockets(), id, graceMs, signal),
    destroySocket: (socket) => destroySocket(openFfi(), socket),
    environment: (identity) => readMaskedEnvironment(context, identity),
  };
};
