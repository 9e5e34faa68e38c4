import type { EcosystemMessages } from '../ecosystem.ts';

/** Rails and Puma. */
export const rails: EcosystemMessages = {
  id: 'rails',
  marks: [/\brails\b|\bpuma\b|ActionDispatch|config\.hosts|Webpacker/i],
  rules: [
    {
      pattern: /Blocked hosts?: (?<endpoint>[^\s,<]{1,200})/i,
      class: 'host-not-allowed',
      role: 'server',
    },
    { pattern: /A server is already running/, class: 'address-in-use', role: 'server' },
    { pattern: /HTTP parse error, malformed request/, class: 'tls-on-http-port', role: 'server' },
  ],
};
