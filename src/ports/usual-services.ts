/** What a service of a common name speaks, and on which port it is looked for. */
export type UsualService = { readonly scheme: string; readonly port: number };

const services: Readonly<Record<string, UsualService>> = {
  postgres: { scheme: 'postgresql', port: 5432 },
  postgresql: { scheme: 'postgresql', port: 5432 },
  mysql: { scheme: 'mysql', port: 3306 },
  mariadb: { scheme: 'mysql', port: 3306 },
  redis: { scheme: 'redis', port: 6379 },
  valkey: { scheme: 'redis', port: 6379 },
  mongo: { scheme: 'mongodb', port: 27017 },
  mongodb: { scheme: 'mongodb', port: 27017 },
  rabbitmq: { scheme: 'amqp', port: 5672 },
  nats: { scheme: 'nats', port: 4222 },
  mqtt: { scheme: 'mqtt', port: 1883 },
  mosquitto: { scheme: 'mqtt', port: 1883 },
  memcached: { scheme: 'memcached', port: 11211 },
  elasticsearch: { scheme: 'http', port: 9200 },
  minio: { scheme: 'http', port: 9000 },
  mailpit: { scheme: 'smtp', port: 1025 },
};

/** What a service of that name usually is; null: a name of one's own, taken for HTTP. */
export const usualService = (service: string): UsualService | null =>
  Object.hasOwn(services, service) ? (services[service] ?? null) : null;

/** Whether a server of another protocol than HTTP is usually found on that port. */
export const isUsualStore = (port: number): boolean =>
  Object.values(services).some((one) => one.port === port && one.scheme !== 'http');
