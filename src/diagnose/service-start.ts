import type { Action } from '../model/finding.ts';
import { byRoot } from './as-root.ts';

/**
 * How to start the system's own service that usually has a port; null where no service is known for
 * it, or it is not one that a system package brings.
 */
export const serviceStart = (port: number): Action | null => {
  const service = services[port];
  if (service === undefined) return null;
  const { name, unit, command } = service;
  const changes = `${name} runs until the machine is shut down or it is stopped`;
  return unit === undefined
    ? { label: `start ${name}, if it is installed here`, command, changes }
    : {
        label: `start ${name}, if it is a service of this machine`,
        ...byRoot('systemctl', 'start', unit),
        changes,
      };
};

type Service =
  | { readonly name: string; readonly unit: string; readonly command?: undefined }
  | { readonly name: string; readonly unit?: undefined; readonly command: string };

/** The units are those of Debian's packages. */
const services: Readonly<Record<number, Service | undefined>> = {
  22: { name: 'the SSH server', unit: 'ssh' },
  80: { name: 'nginx', unit: 'nginx' },
  443: { name: 'nginx', unit: 'nginx' },
  631: { name: 'CUPS', unit: 'cups' },
  1883: { name: 'Mosquitto', unit: 'mosquitto' },
  3306: { name: 'MySQL or MariaDB', unit: 'mysql' },
  5037: { name: 'the adb server', command: 'adb start-server' },
  5432: { name: 'PostgreSQL', unit: 'postgresql' },
  5672: { name: 'RabbitMQ', unit: 'rabbitmq-server' },
  6379: { name: 'Redis', unit: 'redis-server' },
  9090: { name: 'Prometheus', unit: 'prometheus' },
  9200: { name: 'Elasticsearch', unit: 'elasticsearch' },
  11211: { name: 'Memcached', unit: 'memcached' },
  11434: { name: 'Ollama', command: 'ollama serve' },
  15672: { name: 'RabbitMQ', unit: 'rabbitmq-server' },
  27017: { name: 'MongoDB', unit: 'mongod' },
};
