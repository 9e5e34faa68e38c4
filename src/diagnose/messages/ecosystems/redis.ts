import type { EcosystemMessages } from '../ecosystem.ts';

/** Redis, its clients and kin. */
export const redis: EcosystemMessages = {
  id: 'redis',
  marks: [/\bredis\b|\bioredis\b|redis-cli|jedis|lettuce|\bvalkey\b/i],
  rules: [
    {
      pattern:
        /Could not connect to (?:Redis|Valkey) at (?<endpoint>\S{3,160}): (?<cause>.{3,200})/i,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /Error (?<cause>\d{1,5}) connecting to (?<endpoint>\S{3,160}?)\. /,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /Error (?:\d{1,5}|-\d) (?:while )?connecting to (?<endpoint>\S{3,160}?)\. (?<cause>.{3,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /Could not create server TCP listening socket (?<endpoint>\S{1,100}): (?:bind: )?(?<cause>.{3,100})/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /Creating Server TCP listening socket (?<endpoint>\S{1,100}): (?:bind: )?(?<cause>.{3,100})/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Failed listening on port (?<port>\d{1,5})(?: \(\w{2,5}\))?, aborting/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Unable to connect to (?<endpoint>[\w./<>-]{1,160}:\d{1,5})/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern:
        /Protocol error, got "?[^"\s]{1,10}"? as reply type byte|InvalidResponse: Protocol Error|WRONGPASS.{0,20}HTTP|invalid response:? .{0,4}HTTP\/1/i,
      class: 'wrong-protocol',
      role: 'client',
    },
    { pattern: /Possible SECURITY ATTACK detected/, class: 'wrong-protocol', role: 'server' },
    {
      pattern:
        /It was not possible to connect to the redis server|Redis connection to (?<endpoint>\S{3,160}) failed/i,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
  ],
};
