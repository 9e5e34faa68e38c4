import type { Container } from '../../../model/container.ts';
import { isKnown, knownOr } from '../../../model/known.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { containerWay } from '../container-way.ts';
import type { FreeingFacts, HeldBy } from '../facts.ts';
import { causeOf, type StopWay, type WayToStop, wayOf } from '../stop-way.ts';

/**
 * A container is stopped by its engine, never by a signal to one of its processes, and never by one to
 * the proxy that publishes its port: that would leave a healthy container that nobody reaches.
 */
export const containerStop: StopWay = {
  id: 'container-stop',
  plan: (holder, facts) => {
    const cause = causeOf(holder, 'published-port', 'docker-compose', 'kubernetes', 'container');
    if (cause === null) return null;
    const { container } = holder;
    if (cause.id === 'kubernetes') return refused(holder, kubernetes);
    if (container === null) {
      return cause.id === 'published-port' ? refused(holder, unknownContainer) : null;
    }
    if (isOurs(container, facts)) return null;
    return container.engine === 'docker' || container.engine === 'podman'
      ? containerWay(container, [holder.process.pid], facts)
      : refused(holder, otherEngine(container));
  },
};

const kubernetes = 'Kubernetes runs it and would start another: scale its deployment down instead';
const unknownContainer =
  'it publishes the port of a container that no engine tells of here: ending it would leave that container running, and out of reach';

const otherEngine = ({ engine, name, id }: Container): string =>
  `it runs in the ${engine} container ${knownOr(name, id.slice(0, 12))}, which ${engine}'s own tools stop`;

/** Homeport may itself run in that container: its processes are then plain processes. */
const isOurs = ({ id }: Container, { self, processes }: FreeingFacts): boolean => {
  if (!isKnown(self)) return false;
  const own = processes.find(({ pid }) => pid === self.pid);
  const cgroup = own === undefined ? '' : knownOr(own.cgroup, '');
  return cgroup.includes(id.slice(0, 64));
};

const refused = ({ process, program }: HeldBy, why: string): WayToStop => {
  const { pid, startTicks, bootId } = process;
  return wayOf({
    steps: [
      {
        verb: 'signal',
        target: program.name,
        pid,
        command: shellCommand('kill', '-TERM', String(pid)),
        why: 'there is no right way from here; forced, the process itself is ended',
        action: {
          kind: 'signal',
          signal: 'SIGTERM',
          process: { pid, startTicks, bootId },
          leads: true,
        },
      },
    ],
    ends: [pid],
    refusals: [{ id: 'no-right-way', pid, why: `${program.name} (pid ${pid}): ${why}` }],
  });
};
