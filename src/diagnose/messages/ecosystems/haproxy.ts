import type { EcosystemMessages } from '../ecosystem.ts';

/** HAProxy. */
export const haproxy: EcosystemMessages = {
  id: 'haproxy',
  marks: [/haproxy|\[ALERT\]|Layer[467]/i],
  rules: [
    {
      pattern:
        /cannot bind (?:UNIX )?socket \((?<cause>[^)]{1,100})\) (?:for )?\[(?<endpoint>[^\]\s]{2,100})\]/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /Starting (?:frontend|proxy) \S{1,100}: cannot bind socket(?: \((?<cause>[^)]{1,100})\))? \[(?<endpoint>[^\]\s]{2,100})\]/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Server \S{1,200} is DOWN, reason: Layer4 timeout/,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern:
        /Server \S{1,200} is DOWN, reason: Layer\d \w{3,30}(?: problem)?(?:, code: \d{3})?,? info: "(?<cause>[^"]{3,200})"/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /No server is available to handle this request|has no server available/i,
      class: 'proxy-error',
      role: 'client',
    },
  ],
};
