import type { Container } from './container.ts';

/** A container as far as a cgroup path names it, without asking any engine. */
export type CgroupContainer = Pick<Container, 'id' | 'engine'> & {
  /** Whether the path lies in a pod of Kubernetes, whatever engine runs it. */
  readonly kubernetes: boolean;
};

/**
 * The container that a cgroup path belongs to, by the names that engines give their groups; of
 * nested ones the innermost. null where no part of the path is a container's: `docker.service` is
 * the engine, not a container, and `libpod-conmon-….scope` is what watches over one.
 */
export const containerFromCgroup = (cgroupPath: string): CgroupContainer | null => {
  const parts = cgroupPath.split('/');
  const kubernetes = parts.some((part) => pod.test(part));
  for (let at = parts.length - 1; at > 0; at -= 1) {
    const found =
      firstMatch(namedShapes, `${parts[at]}/${parts[at + 1] ?? ''}`) ??
      firstMatch(nestedShapes, `${parts[at - 1]}/${parts[at]}`) ??
      (kubernetes ? firstMatch(podShapes, `${parts[at]}`) : null);
    if (found !== null) return { ...found, kubernetes };
  }
  return null;
};

type Shape = { readonly engine: Container['engine']; readonly pattern: RegExp };

const firstMatch = (
  shapes: readonly Shape[],
  text: string,
): Pick<Container, 'id' | 'engine'> | null => {
  for (const { engine, pattern } of shapes) {
    const id = pattern.exec(text)?.[1];
    if (id !== undefined) return { id: unescapeUnit(id), engine };
  }
  return null;
};

/** A part of the kubelet's tree, `kubelet-` before it under kind and k3s. */
const pod = /^(?:kubelet-)?kubepods(?:[-.]|$)/;

/** Matched against `part/next`: the systemd driver's scopes, lxc's and nspawn's own names. */
const namedShapes: readonly Shape[] = [
  { engine: 'docker', pattern: /^docker-([0-9a-f]{12,64})\.scope\// },
  { engine: 'podman', pattern: /^libpod-([0-9a-f]{12,64})(?:\.scope)?\// },
  { engine: 'containerd', pattern: /^(?:.+:)?cri-containerd[-:]([0-9a-f]{12,64})(?:\.scope)?\// },
  { engine: 'containerd', pattern: /^nerdctl-([0-9a-f]{12,64})\.scope\// },
  { engine: 'cri-o', pattern: /^crio-([0-9a-f]{12,64})(?:\.scope)?\// },
  { engine: 'lxc', pattern: /^lxc\.payload\.([^/]+)\// },
  // nspawn's own process sits in `supervisor`; libvirt's virtual machines share `machine-`.
  { engine: 'nspawn', pattern: /^systemd-nspawn@([^/]+)\.service\/(?!supervisor$)/ },
  {
    engine: 'nspawn',
    pattern: /^machine-(?!(?:qemu|lxc|ch)(?:-|\\x2d))([^/]+)\.scope\/(?!supervisor$)/,
  },
];

/** Matched against `parent/part`: the cgroupfs driver's folders. */
const nestedShapes: readonly Shape[] = [
  { engine: 'docker', pattern: /^docker\/([0-9a-f]{64})$/ },
  { engine: 'containerd', pattern: /^(?:default|k8s\.io|moby)\/([0-9a-f]{64})$/ },
  { engine: 'lxc', pattern: /^lxc(?:\.payload)?\/([^/]+)$/ },
];

/** Matched against a part below `kubepods`: the cgroupfs driver does not say which engine. */
const podShapes: readonly Shape[] = [{ engine: 'kubernetes', pattern: /^([0-9a-f]{64})$/ }];

/** Undoes the `\x2d` escapes of a systemd unit's name (systemd.unit(5)). */
const unescapeUnit = (name: string): string =>
  name.replaceAll(/\\x([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
