import type { EcosystemMessages } from '../ecosystem.ts';

/** The Android debug bridge. */
export const adb: EcosystemMessages = {
  id: 'adb',
  marks: [/\badb(?:\.exe|d)?\b|\* daemon/i],
  rules: [
    {
      pattern: /could not install \S{0,8}smartsocket\S{0,8} listener: (?<cause>.{0,200})/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /cannot connect to daemon(?: at \S{3,100}?)?: (?:cannot|failed to|could not) connect to '?(?<endpoint>[\w.:[\]-]{3,160}?)'?: (?<cause>.{3,200})/i,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /could not connect to TCP port (?<port>\d{1,5}): (?<cause>.{3,200})/i,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /(?:failed|cannot|unable) (?:to )?connect to '?(?<endpoint>[\w.:[\]-]{3,160}?)'?: (?<cause>.{3,200})/i,
      class: 'connection-refused',
      role: 'client',
      shared: true,
    },
    {
      pattern: /cannot connect to daemon at (?<endpoint>tcp:\S{3,100}?): (?<cause>.{3,200})/i,
      class: 'connection-refused',
      role: 'client',
    },
  ],
};
