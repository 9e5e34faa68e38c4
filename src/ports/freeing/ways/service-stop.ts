import { superviseStop } from '../../../model/stop-command.ts';
import { managerWay } from '../manager-way.ts';
import { causeOf, type StopWay } from '../stop-way.ts';

/** runit, s6 and daemontools start a service again that ends unasked; each has its own tool to stop it. */
export const serviceStop: StopWay = {
  id: 'service-stop',
  plan: (holder) => {
    const cause = causeOf(holder, 'supervise');
    const command = superviseStop(holder);
    if (cause === null || command === null) return null;
    return managerWay(holder, {
      verb: 'service-stop',
      cause,
      command,
      target: command.name,
      left: `${cause.label} stays down until its supervisor is told to start it`,
    });
  },
};
