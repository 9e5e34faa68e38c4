import { mainProcess } from '../../../model/stop-command.ts';
import { signalTree } from '../signal-tree.ts';
import type { StopWay } from '../stop-way.ts';

/**
 * The process itself, or the main process of its kind, which would start another worker. PostgreSQL
 * waits for its clients at SIGTERM and ends at once, in order, at SIGINT (server shutdown, fast).
 */
export const signal: StopWay = {
  id: 'signal',
  plan: (holder, facts) => {
    const pids = facts.holders.map(({ process }) => process.pid);
    const main = mainProcess(holder, pids);
    const pid = main !== null && main.pid > 1 ? main.pid : holder.process.pid;
    const way = signalTree(pid, facts, {
      verb: 'signal',
      signal: holder.program.id === 'postgres' ? 'SIGINT' : 'SIGTERM',
      why:
        pid === holder.process.pid
          ? holder.role === 'accepts'
            ? 'it takes the connections'
            : 'it holds the listening socket: the port stays taken until it lets go'
          : `it starts the workers, of which pid ${holder.process.pid} is one`,
    });
    const { restarts, id, label, evidence } = holder.origin;
    return (
      way && {
        ...way,
        restartedBy: restarts === true ? { id, label, evidence, stopped: false } : null,
      }
    );
  },
};
