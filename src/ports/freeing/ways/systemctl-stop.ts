import { isKnown } from '../../../model/known.ts';
import type { Restarter } from '../../../model/freeing.ts';
import { isOperand, shellCommand } from '../../../model/shell-quote.ts';
import { stoppableUnit, systemctlStop as command } from '../../../model/stop-command.ts';
import type { SystemdUnit } from '../../../model/systemd-unit.ts';
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

const unitsOf = (holder: HeldBy, facts: FreeingFacts): Units | null => {
  const service = serviceOf(holder);
  const held = holder.socketUnit;
  const names = [
    ...(held === null ? [] : [held.name]),
    ...(service === null ? [] : triggersOf(service.name, facts)),
    service?.name ?? held?.service ?? null,
  ].flatMap((name) => (name !== null && isOperand(name) ? [name] : []));
  return names.length === 0
    ? null
    : { names: [...new Set(names)], user: (service ?? held)?.user === true };
};

const serviceOf = (holder: HeldBy): SystemdUnit | null =>
  holder.process.pid === 1 || causeOf(holder, 'systemd-unit', 'socket-activation') === null
    ? null
    : stoppableUnit(holder);

/** A timer or a path does not start it again because somebody connects. */
const triggersOf = (service: string, { units }: FreeingFacts): readonly string[] => {
  const told = units[service];
  return told === undefined || !isKnown(told)
    ? []
    : told.triggeredBy.filter((name) => name.endsWith('.socket'));
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
