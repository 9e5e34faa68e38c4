/** A container that a cgroup path names, without asking any engine. */
export type CgroupContainer = {
  readonly engine: 'docker' | 'podman' | 'containerd' | 'cri-o' | 'lxc' | 'nspawn' | 'unknown';
  readonly id: string;
  readonly kubernetes: boolean;
};

/**
 * The container whose cgroup a path is, by the shapes that engines give their groups. A path that
 * only has an engine's name in it is none: `docker.service` is the engine itself.
 */
export const containerOfCgroup = (cgroup: string): CgroupContainer | null => {
  const kubernetes = /\/kubepods(?:[-.]|\/|$)/.test(cgroup);
  for (const [engine, shape] of shapes) {
    const id = shape.exec(cgroup)?.[1];
    if (id !== undefined) return { engine, id, kubernetes };
  }
  const pod = kubernetes ? /\/([0-9a-f]{64})(?:\/|$)/.exec(cgroup)?.[1] : undefined;
  return pod === undefined ? null : { engine: 'unknown', id: pod, kubernetes };
};

const shapes: readonly (readonly [CgroupContainer['engine'], RegExp])[] = [
  ['docker', /\/docker[-/]([0-9a-f]{64})(?:\.scope)?(?:\/|$)/],
  ['podman', /\/libpod-([0-9a-f]{64})(?:\.scope)?(?:\/|$)/],
  ['containerd', /(?:\/|:)cri-containerd[-:]([0-9a-f]{64})(?:\.scope)?(?:\/|$)/],
  ['cri-o', /\/crio-([0-9a-f]{64})(?:\.scope)?(?:\/|$)/],
  ['containerd', /\/nerdctl-([0-9a-f]{64})(?:\.scope)?(?:\/|$)/],
  ['lxc', /\/lxc(?:\.payload)?[./]([^/]+)(?:\/|$)/],
  ['nspawn', /\/systemd-nspawn@([^/]+)\.service\/payload(?:\/|$)/],
];
