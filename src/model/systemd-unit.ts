/**
 * The systemd service that a process belongs to, by its cgroup path. `instance`: the part between
 * `@` and `.service`; `template`: the file that the instance comes from.
 */
export type SystemdUnit = {
  readonly name: string;
  /** Whether the user's own manager (`systemctl --user`) runs it. */
  readonly user: boolean;
  readonly instance: string | null;
  readonly template: string | null;
};

/** A desktop application's scope or service, by the naming of https://systemd.io/DESKTOP_ENVIRONMENTS/. */
export type DesktopUnit = { readonly name: string; readonly application: string };

/**
 * The service unit of a cgroup path; null where the process is in none: in a login session
 * (`session-3.scope`), a terminal's or an application's scope, or under another cgroup manager. A
 * session lies below `user@1000.service` without being started by it.
 */
export const systemdUnitOf = (cgroup: string): SystemdUnit | null => {
  const parts = cgroup.split('/');
  const at = parts.findLastIndex((part) => part.endsWith('.service'));
  const name = parts[at];
  if (name === undefined) return null;
  const below = parts.slice(at + 1);
  if (below.some((part) => part.endsWith('.scope') && part !== 'init.scope')) return null;
  if (isDesktopService(name)) return null;
  const user = parts.slice(0, at).some((part) => /^user@\d+\.service$/.test(part));
  const [, prefix, instance] = /^([^@]+)@(.*)\.service$/.exec(name) ?? [];
  return {
    name,
    user,
    instance: instance ?? null,
    template: prefix === undefined ? null : `${prefix}@.service`,
  };
};

/** The desktop application of a cgroup path; null where there is none. */
export const desktopUnitOf = (cgroup: string): DesktopUnit | null => {
  const name = cgroup.split('/').findLast((part) => /\.(?:scope|service)$/.test(part));
  if (name === undefined) return null;
  const [, snap] = /^snap\.([^.]+)\..+\.scope$/.exec(name) ?? [];
  if (snap !== undefined) return { name, application: snap };
  if (!name.startsWith('app-')) return null;
  const application = applicationOf(name);
  return application === null ? null : { name, application };
};

/** A unit name's `\x2d` and the like as text, systemd.unit(5). */
export const unescapeUnit = (name: string): string =>
  name.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );

const isDesktopService = (name: string): boolean => name.startsWith('app-');

/** `app[-launcher]-ID[@random].service`, `app[-launcher]-ID-random.scope`; the ID's dashes are escaped. */
const applicationOf = (name: string): string | null => {
  const scope = name.endsWith('.scope');
  const stem = name.replace(/\.(?:scope|service)$/, '').replace(/@.*$/, '');
  const parts = stem.split('-').slice(1);
  const named = scope && parts.length > 1 ? parts.slice(0, -1) : parts;
  const application = named.at(-1);
  return application === undefined || application === '' ? null : unescapeUnit(application);
};
