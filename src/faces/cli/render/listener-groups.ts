import { isKnown } from '../../../model/known.ts';
import type { Listener, Project } from '../../../model/listener.ts';
import { span, type Line } from '../text/line.ts';
import { containerName } from './listener-row.ts';
import { shortPath } from './words.ts';

/** Listeners that belong together, under one heading. */
export type ListenerGroup<L extends Listener> = {
  readonly heading: Line;
  readonly listeners: readonly L[];
};

/**
 * Groups listeners: each project by name, then what belongs to none, then what this user may not
 * see, then other network namespaces, whose 127.0.0.1 is not this machine's. Within a group by
 * port, unix sockets last.
 */
export const groupListeners = <L extends Listener>(
  listeners: readonly L[],
  home: string | null,
): ListenerGroup<L>[] => {
  const groups = new Map<string, { place: Place; listeners: L[] }>();
  for (const listener of listeners) {
    const place = placeOf(listener, home);
    const group = groups.get(place.key) ?? { place, listeners: [] };
    group.listeners.push(listener);
    groups.set(place.key, group);
  }
  return [...groups.values()]
    .sort((a, b) => a.place.rank - b.place.rank || compare(a.place.key, b.place.key))
    .map(({ place, listeners: members }) => ({
      heading: place.heading,
      listeners: members.sort(byAddress),
    }));
};

type Place = { readonly rank: number; readonly key: string; readonly heading: Line };

const placeOf = (listener: Listener, home: string | null): Place => {
  const { namespace, project, container, owners } = listener;
  if (namespace !== 'this') return { rank: 3, key: `3 ${namespace}`, heading: elsewhere(listener) };
  if (project !== null && isKnown(project)) {
    return {
      rank: 0,
      key: `0 ${project.name} ${project.root}`,
      heading: projectHeading(project, home),
    };
  }
  const compose = container?.compose ?? null;
  if (compose !== null) {
    const heading = [span(compose.project, 'heading'), span('  Compose project', 'dim')];
    return { rank: 0, key: `0 ${compose.project} compose`, heading };
  }
  return isKnown(owners)
    ? { rank: 1, key: '1', heading: [span('no project', 'heading')] }
    : { rank: 2, key: '2', heading: [span('owner not visible', 'heading')] };
};

const projectHeading = ({ name, root, branch, worktree }: Project, home: string | null): Line => [
  span(name, 'heading'),
  span(`  ${shortPath(root, home)}`, 'dim'),
  ...(branch === null ? [] : [span(`  ${branch}`, 'dim')]),
  ...(worktree === null ? [] : [span(`  worktree ${worktree}`, 'dim')]),
];

const elsewhere = ({ namespace, container }: Listener): Line =>
  container === null
    ? [span(`network namespace ${namespace}`, 'heading')]
    : [
        span(`container ${containerName(container)}`, 'heading'),
        ...(isKnown(container.image) ? [span(`  ${container.image}`, 'dim')] : []),
        span('  has its own network', 'dim'),
      ];

const byAddress = (a: Listener, b: Listener): number => {
  if (a.transport === 'unix' || b.transport === 'unix') {
    if (a.transport !== b.transport) return a.transport === 'unix' ? 1 : -1;
    return a.transport === 'unix' && b.transport === 'unix' ? compare(nameOf(a), nameOf(b)) : 0;
  }
  return a.port - b.port || compare(a.transport, b.transport) || compare(a.address, b.address);
};

const nameOf = (listener: Extract<Listener, { transport: 'unix' }>): string =>
  listener.path ?? `@${listener.abstract ?? ''}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
