/**
 * An endpoint as people and URLs write it: `127.0.0.1:80`, `[::1]:80`, `[fe80::1%eth0]:80`. The host
 * is an address or a name; a zone goes with an IPv6 address only.
 */
export const endpointText = (host: string, port: number, zone: string | null = null): string => {
  const scoped = zone === null ? host : `${host}%${zone}`;
  return host.includes(':') ? `[${scoped}]:${port}` : `${scoped}:${port}`;
};
