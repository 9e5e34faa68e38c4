/**
 * The path that `/proc/<pid>/cgroup` (cgroups(7)) tells most with: the unified hierarchy's, unless
 * that is only the root; then systemd's own, then any controller's. null where there is none at all.
 */
export const parseCgroup = (text: string): string | null => {
  let systemd: string | null = null;
  let memory: string | null = null;
  let other: string | null = null;
  let unified: string | null = null;
  for (const line of text.split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) continue;
    if (controllers === '') unified = path;
    else if (controllers === 'name=systemd') systemd = path;
    else if (controllers.split(',').includes('memory')) memory = path;
    else if (path !== '/') other ??= path;
  }
  const paths = [unified, systemd, memory, other];
  return paths.find((path) => path !== null && path !== '/') ?? unified ?? systemd ?? memory;
};
