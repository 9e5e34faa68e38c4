import { environmentVariable, pm2Stop as pm2Command } from '../../../model/stop-command.ts';
import { managerWay, sharedManager } from '../manager-way.ts';
import { causeOf, type StopWay } from '../stop-way.ts';

/** pm2 starts a program again that ends unasked (https://pm2.keymetrics.io/docs/usage/process-management/). */
export const pm2Stop: StopWay = {
  id: 'pm2-stop',
  plan: (holder, facts) => {
    // In its cluster mode pm2's own daemon holds the socket for all its programs.
    if (holder.program.id === 'pm2') {
      return sharedManager(
        holder,
        facts,
        "pm2's daemon holds it for a program in cluster mode: `pm2 ls` names it, `pm2 stop` stops it",
      );
    }
    const cause = causeOf(holder, 'pm2');
    const command = pm2Command(holder);
    if (cause === null || command === null) return null;
    const home = environmentVariable(holder, 'PM2_HOME');
    return managerWay(holder, {
      verb: 'pm2-stop',
      cause,
      command,
      target: command.name,
      environment: home === null ? {} : { PM2_HOME: home },
      left: `pm2 keeps it as stopped: pm2 start ${command.name} starts it again`,
    });
  },
};
