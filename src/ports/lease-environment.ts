import type { Lease } from '../model/lease.ts';
import { mainEndpoint, variableName } from './service-name.ts';
import { usualService } from './usual-services.ts';

/** Where a leased endpoint is found by programs of this machine. */
export const leaseHost = ({ address }: Pick<Lease, 'address'>): string => address ?? '127.0.0.1';

/** The endpoint as a URL: `http` unless the service's name says what it speaks. */
export const leaseUrl = (lease: Pick<Lease, 'address' | 'port' | 'service'>): string =>
  `${usualService(lease.service)?.scheme ?? 'http'}://${leaseHost(lease)}:${lease.port}`;

/**
 * The variables that tell a lease to programs: `PORT` for the main endpoint, and `API_URL`,
 * `API_HOST`, `API_PORT`; of another endpoint `API_DEBUG_URL` and so on. In the order to print them.
 */
export const leaseEnvironment = (
  lease: Pick<Lease, 'address' | 'port' | 'service' | 'endpoint'>,
): Readonly<Record<string, string>> => {
  const isMain = lease.endpoint === mainEndpoint;
  const name = isMain ? variableName(lease.service) : variableName(lease.service, lease.endpoint);
  return {
    ...(isMain ? { PORT: String(lease.port) } : {}),
    [`${name}_URL`]: leaseUrl(lease),
    [`${name}_HOST`]: leaseHost(lease),
    [`${name}_PORT`]: String(lease.port),
  };
};
