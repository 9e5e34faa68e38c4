import type { EcosystemMessages } from '../ecosystem.ts';

/** Bun. */
export const bun: EcosystemMessages = {
  id: 'bun',
  marks: [/\bbun(?:\.sh| run|x|v?\d| v\d)?\b|Bun\.serve|ConnectionRefused: Unable to connect/i],
  rules: [
    {
      pattern: /Failed to start server\. Is port (?<port>\d{1,5}) in use\?/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Unable to connect\. Is the computer able to access the url\?/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /Failed to (?:listen|start server) (?:at|on) (?<endpoint>\S{0,160}:\d{1,5}\b)(?! \(reason: )/,
      class: 'address-in-use',
      role: 'server',
    },
  ],
};
