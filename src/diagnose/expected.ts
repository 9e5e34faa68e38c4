import type { EndpointTarget } from '../model/target.ts';

/**
 * The protocol that a client speaks, as a probe's id or `https`: of the URL's scheme, else of the
 * ecosystem whose words a message is in; null where neither tells.
 */
export const expectedProtocol = (
  scheme: EndpointTarget['scheme'],
  ecosystem: string | null,
): string | null => {
  if (scheme !== null) return ofScheme[scheme] ?? scheme;
  return ecosystem === null ? null : (ofEcosystem[ecosystem] ?? null);
};

const ofScheme: Readonly<Record<string, string>> = {
  ws: 'http',
  wss: 'https',
  postgresql: 'postgres',
  rediss: 'redis',
  amqps: 'amqp',
  mqtts: 'mqtt',
};

const ofEcosystem: Readonly<Record<string, string>> = {
  postgres: 'postgres',
  mysql: 'mysql',
  redis: 'redis',
  mongodb: 'mongodb',
  rabbitmq: 'amqp',
  kafka: 'kafka',
  elasticsearch: 'http',
  ssh: 'ssh',
};
