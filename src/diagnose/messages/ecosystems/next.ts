import type { EcosystemMessages } from '../ecosystem.ts';

/** Next.js. */
export const next: EcosystemMessages = {
  id: 'next',
  marks: [/\bnext(?:js|\.js|-server)\b|\bnext (?:dev|start)\b|⨯|▲ Next/i],
  rules: [
    {
      pattern: /Failed to proxy (?<endpoint>https?:\/\/[^\s,]{1,300})/i,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern: /Port (?<port>\d{1,5}) is in use by an unknown process/i,
      class: 'address-in-use',
      role: 'server',
    },
  ],
};
