import { baseName } from '../base-name.ts';
import { signalTree } from '../signal-tree.ts';
import type { HeldBy } from '../facts.ts';
import type { StopWay } from '../stop-way.ts';

/**
 * An ssh or kubectl forward ends with the client that keeps it; above an autossh, which would start
 * another, with that one.
 */
export const endForward: StopWay = {
  id: 'end-forward',
  plan: (holder, facts) => {
    if (!isForward(holder)) return null;
    const keeper = keeperOf(holder);
    const way = signalTree(keeper ?? holder.process.pid, facts, {
      verb: 'end-forward',
      signal: 'SIGTERM',
      why:
        keeper === null
          ? 'the forward ends with the client that keeps it; the far end goes on'
          : 'autossh would start the forward again',
      target: holder.program.name,
    });
    return (
      way && {
        ...way,
        restartedBy:
          keeper === null
            ? null
            : { id: 'autossh', label: 'autossh', evidence: [`parent ${keeper}`], stopped: true },
        left: [...way.left, 'other forwards and sessions of the same client end with it'],
      }
    );
  },
};

const isForward = ({ program, process, causes }: HeldBy): boolean =>
  (program.id === 'ssh' || program.id === 'kubectl') &&
  process.pid > 1 &&
  causes.every(({ id }) => id !== 'container');

const keeperOf = ({ chain }: HeldBy): number | null => {
  const parent = chain[1];
  return parent !== undefined && baseName(parent.command.split(' ')[0] ?? '') === 'autossh'
    ? parent.pid
    : null;
};
