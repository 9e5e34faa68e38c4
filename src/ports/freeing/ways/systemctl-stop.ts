import { isKnown } from '../../../model/known.ts';
import type { Restarter } from '../../../model/freeing.ts';
import { isOperand, shellCommand } from '../../../model/shell-quote.ts';
import { stoppableUnit, systemctlStop as command } from '../../../model/stop-command.ts';
import type { FreeingFacts, HeldBy } from '../facts.ts';
import { causeOf, type StopWay, wayOf } from '../stop-way.ts';

/**
 * A systemd service is stopped by its manager, and before it the socket units that would start it again
 * with the next connection (systemctl(1), systemd.socket(5)).
 */
export const systemctlStop: StopWay = {
  id: 'systemctl-stop',
  plan: (holder, facts) => {
    const units = unitsOf(holder, facts);
    if (units === null) return null;
    const { names, user } = units;
    const [tool = '', ...words] = [...command({ user }), ...names];
    return wayOf({
      steps: [
        {
          verb: 'systemctl-stop',
          target: names.join(' '),
          pid: holder.process.pid === 1 ? null : holder.process.pid,
          command: shellCommand(...(user ? [] : ['sudo']), tool, ...words),
          why:
            names.length > 1
              ? 'the socket unit first: it would start the service again with the next connection'
              : 'systemd runs it; stopped otherwise, it may be started again',
          action: {
            kind: 'tool',
            tool,
            words: withMachine(words, holder, user, facts),
            environment: {},
          },
        },
      ],
      ends: [holder.process.pid],
      restartedBy: restarterOf(names, facts),
      left: [
        `${names.join(' and ')} ${names.length > 1 ? 'are' : 'is'} stopped, not disabled: ${shellCommand(tool, ...(user ? ['--user'] : []), 'start', ...names.slice(0, 1))} starts it again`,
      ],
    });
  },
};

type Units = { readonly names: readonly string[]; readonly user: boolean };

const unitsOf = (holder: HeldBy, { units }: FreeingFacts): Units | null => {
  const { socketUnit } = holder;
  const isService = causeOf(holder, 'systemd-unit', 'socket-activation') !== null;
  const service = isService && holder.process.pid !== 1 ? stoppableUnit(holder) : null;
  if (service === null && socketUnit === null) return null;
  const told = service === null ? undefined : units[service.name];
  const triggers = told !== undefined && isKnown(told) ? told.triggeredBy : [];
  const sockets = triggers.filter((name) => name.endsWith('.socket'));
  const names = [
    socketUnit?.name ?? null,
    ...sockets,
    service?.name ?? socketUnit?.service ?? null,
  ].flatMap((name) => (name !== null && isOperand(name) ? [name] : []));
  return names.length === 0
    ? null
    : { names: [...new Set(names)], user: service?.user ?? socketUnit?.user ?? false };
};

/** Root reaches a user's manager by name (systemctl(1), `--machine`). */
const withMachine = (
  words: readonly string[],
  { process }: HeldBy,
  user: boolean,
  { self }: FreeingFacts,
): readonly string[] => {
  const asRoot = isKnown(self) && self.uids[0] === 0;
  const isOther = user && asRoot && process.user !== null && process.user !== 'root';
  return isOther ? [`--machine=${process.user}@.host`, ...words] : words;
};

const restarterOf = (names: readonly string[], { units }: FreeingFacts): Restarter | null => {
  const socket = names.find((name) => name.endsWith('.socket'));
  if (socket !== undefined) {
    return {
      id: 'systemd-socket',
      label: `${socket}, with the next connection`,
      evidence: ['systemd holds the listening socket'],
      stopped: true,
    };
  }
  for (const name of names) {
    const told = units[name];
    if (told === undefined || !isKnown(told) || told.restart === null || told.restart === 'no') {
      continue;
    }
    const evidence = [`Restart=${told.restart}`];
    return {
      id: 'systemd',
      label: `systemd, by ${evidence[0]} of ${name}`,
      evidence,
      stopped: true,
    };
  }
  return null;
};
