import type { Container, PublishedPort } from '../../model/container.ts';
import { unknown } from '../../model/known.ts';
import type { ContainerFacts } from '../host-control.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the body of `GET /containers/json` (Docker Engine API v1.24 and later; Podman answers
 * alike). Entries that are not containers are left out; null where the body is no list. The main
 * process is not in this list: `pid` is unknown.
 */
export const parseContainers = (
  body: unknown,
  engine: Container['engine'],
): readonly Container[] | null =>
  Array.isArray(body) ? body.flatMap((entry) => parseContainer(entry, engine)) : null;

/** Reads `State.Pid` of `GET /containers/{id}/json`; null where there is none (0: it does not run). */
export const parseMainPid = (body: unknown): number | null => {
  const pid = record(record(body)['State'])['Pid'];
  return typeof pid === 'number' && Number.isInteger(pid) && pid > 0 ? pid : null;
};

/** Reads `State.Running` and `HostConfig.RestartPolicy.Name` of `GET /containers/{id}/json`. */
export const parseContainerFacts = (body: unknown): ContainerFacts => {
  const policy = record(record(record(body)['HostConfig'])['RestartPolicy']);
  return {
    running: record(record(body)['State'])['Running'] === true,
    restartPolicy: text(policy['Name']),
  };
};

const parseContainer = (entry: unknown, engine: Container['engine']): readonly Container[] => {
  const json = record(entry);
  const id = text(json['Id']);
  if (id === null || !/^[0-9a-f]{12,64}$/.test(id)) return [];
  return [
    {
      id,
      engine,
      name: nameOf(json) ?? unknown('unsupported', 'the engine does not tell'),
      image: text(json['Image']) ?? unknown('unsupported', 'the engine does not tell'),
      compose: composeOf(record(json['Labels'])),
      published: list(json['Ports']).flatMap(publishedPort),
      addresses: addressesOf(json),
      pid: unknown('unsupported', 'not read'),
    },
  ];
};

const nameOf = (json: Json): string | null =>
  text(list(json['Names'])[0])?.replace(/^\//, '') ?? null;

/** Labels that Docker Compose gives its containers, and podman-compose under its own name too. */
const composeOf = (labels: Json): Container['compose'] => {
  const label = (name: string): string | null =>
    text(labels[`com.docker.compose.${name}`]) ?? text(labels[`io.podman.compose.${name}`]);
  const [project, service] = [label('project'), label('service')];
  if (project === null || service === null) return null;
  return { project, service, workingDirectory: label('project.working_dir') };
};

const publishedPort = (entry: unknown): readonly PublishedPort[] => {
  const json = record(entry);
  const [hostPort, containerPort] = [port(json['PublicPort']), port(json['PrivatePort'])];
  const transport = transports.find((name) => name === (text(json['Type']) ?? 'tcp'));
  if (hostPort === null || containerPort === null || transport === undefined) return [];
  return [{ transport, hostAddress: text(json['IP']) ?? '0.0.0.0', hostPort, containerPort }];
};

const transports = ['tcp', 'udp', 'sctp'] as const;

const addressesOf = (json: Json): readonly string[] => {
  const networks = record(record(json['NetworkSettings'])['Networks']);
  return Object.values(networks).flatMap((network) => {
    const { IPAddress, GlobalIPv6Address } = record(network);
    return [text(IPAddress), text(GlobalIPv6Address)].filter((address) => address !== null);
  });
};

const record = (value: unknown): Json => (isRecord(value) ? value : {});

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

const port = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 65_535
    ? value
    : null;
