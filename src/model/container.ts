import type { Known } from './known.ts';

/** A container port published on this machine. */
export type PublishedPort = {
  readonly transport: 'tcp' | 'udp' | 'sctp';
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly containerPort: number;
};

/** A container, as its engine tells it or, without the engine, as the shape of its cgroup does. */
export type Container = {
  /** The full id (64 hex digits), or as much of it as the cgroup names. */
  readonly id: string;
  readonly engine:
    | 'docker'
    | 'podman'
    | 'containerd'
    | 'cri-o'
    | 'lxc'
    | 'nspawn'
    | 'kubernetes'
    | 'unknown';
  readonly name: Known<string>;
  readonly image: Known<string>;
  /** Compose project and service, from the labels; null where there are none. */
  readonly compose: Known<{
    readonly project: string;
    readonly service: string;
    readonly workingDirectory: string | null;
  } | null>;
  readonly published: Known<readonly PublishedPort[]>;
  readonly addresses: Known<readonly string[]>;
  /** Main process as this pid namespace numbers it. */
  readonly pid: Known<number>;
};
