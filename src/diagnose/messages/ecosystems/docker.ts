import type { EcosystemMessages } from '../ecosystem.ts';

/** Docker, Compose, Podman and Testcontainers. */
export const docker: EcosystemMessages = {
  id: 'docker',
  marks: [/\bdocker\b|podman|container|userland proxy|Error response from daemon/i],
  rules: [
    {
      pattern:
        /failed to bind host port (?:for )?(?<endpoint>\S{2,60}?:\d{1,5})(?::|\/)\S{1,80} (?<cause>.{3,100})/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /\bport (?<port>\d{1,5})(?:\/tcp)? (?:is )?not (?:exposed|published|mapped)/i,
      class: 'container-unpublished',
      role: 'client',
    },
    {
      pattern:
        /Ports are not available.{0,300}?(?:TCP|UDP|tcp|udp) (?<endpoint>[\d.:[\]a-f]{2,60}:\d{1,5}).{0,300}forbidden by its access permissions/,
      class: 'port-in-excluded-range',
      role: 'server',
    },
    {
      pattern: /Ports are not available.{0,400}forbidden by its access permissions/,
      class: 'port-in-excluded-range',
      role: 'server',
    },
    {
      pattern: /Bind for (?<endpoint>\S{3,100}) failed: port is already allocated/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Bind for (?<endpoint>\S{3,100}): unexpected error/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /Ports are not available: exposing port (?:TCP|UDP) (?<endpoint>\S{3,100}) ?->.{0,400}?: (?:bind|listen\S{0,8}|connectex|\/forwards\S{0,40})[: ]{1,3}(?<cause>.{3,300})/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /(?:rootlessport|cannot expose privileged port) (?<port>\d{1,5})/i,
      class: 'permission-denied',
      role: 'server',
    },
    {
      pattern: /HNS failed with error ?: The process cannot access the file because/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /No public port '?(?<port>\d{1,5})(?:\/(?:tcp|udp))?'? published/i,
      class: 'container-unpublished',
      role: 'client',
    },
    {
      pattern: /no port (?<port>\d{1,5})(?:\/(?:tcp|udp))? for container/i,
      class: 'container-unpublished',
      role: 'client',
    },
    {
      pattern:
        /Requested port \(?(?<port>\d{1,5})\)? is not mapped|Cannot get mapped port|Mapped port can only be obtained/i,
      class: 'container-unpublished',
      role: 'client',
    },
    {
      pattern:
        /no (?:host )?port (?:binding|mapping)s? (?:found )?for (?:container )?(?:port )?(?<port>\d{1,5})/i,
      class: 'container-unpublished',
      role: 'client',
    },
    {
      pattern: /Cannot connect to the Docker daemon at (?<endpoint>tcp:\/\/\S{3,160})/,
      class: 'connection-refused',
      role: 'client',
    },
    { pattern: /Cannot connect to the Docker daemon/, class: 'connection-refused', role: 'client' },
    {
      pattern: /permission denied while trying to connect to the Docker (?:daemon socket|API)/i,
      class: 'permission-denied',
      role: 'client',
    },
  ],
};
