import type { EcosystemMessages } from '../ecosystem.ts';

/** Vite's dev server, and what is built upon it. */
export const vite: EcosystemMessages = {
  id: 'vite',
  marks: [/\[vite\]|\bvite(?:\.config)?\b|\bVITE v\d/i],
  rules: [
    {
      pattern: /\[vite\].{0,40}\b(?:http|ws) proxy (?:socket )?error\b/i,
      class: 'proxy-error',
      role: 'client',
    },
    { pattern: /\b(?:http|ws) proxy (?:socket )?error:/i, class: 'proxy-error', role: 'client' },
    {
      pattern: /Blocked request\. This host \("?(?<endpoint>[^"\s)]{1,200})"?\) is not allowed/,
      class: 'host-not-allowed',
      role: 'server',
    },
    {
      pattern:
        /^(?:error when starting (?:dev|preview) server|.{0,20}Error): Port (?<port>\d{1,5}) is already in use/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /\bPort (?<port>\d{1,5}) is in use, trying another one/i,
      class: 'address-in-use',
      role: 'server',
    },
  ],
};
