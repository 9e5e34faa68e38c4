import { isAbsolute, join } from 'node:path';
import { knownOr } from '../../../model/known.ts';
import { supervisordStop } from '../../../model/stop-command.ts';
import type { Cause, FreeingFacts } from '../facts.ts';
import { managerWay } from '../manager-way.ts';
import { processOf } from '../process-tree.ts';
import { causeOf, type StopWay } from '../stop-way.ts';

/** Supervisor starts a program again that ends unasked (http://supervisord.org/running.html). */
export const supervisorctlStop: StopWay = {
  id: 'supervisorctl-stop',
  plan: (holder, facts) => {
    const cause = causeOf(holder, 'supervisord');
    const command = supervisordStop(holder);
    if (cause === null || command === null) return null;
    const [tool = '', ...words] = command.words;
    const all = [tool, ...configuration(cause, facts), ...words];
    return managerWay(holder, {
      verb: 'supervisorctl-stop',
      cause,
      command: { ...command, words: all },
      target: command.name,
      left: `supervisord keeps it as stopped: ${[...all.slice(0, -2), 'start', command.name].join(' ')} starts it again`,
    });
  },
};

/** The configuration that the daemon was started with says where it listens to commands. */
const configuration = ({ pid }: Cause, { processes }: FreeingFacts): readonly string[] => {
  const daemon = processOf(pid, processes);
  if (daemon === null) return [];
  const words = knownOr(daemon.argv, []);
  const at = words.findIndex((word) => word === '-c' || word === '--configuration');
  const joined = words.find((word) => word.startsWith('--configuration='))?.split('=')[1];
  const file = joined ?? (at === -1 ? undefined : words[at + 1]);
  if (file === undefined || file === '') return [];
  const folder = knownOr(daemon.cwd, null);
  return ['-c', isAbsolute(file) || folder === null ? file : join(folder, file)];
};
