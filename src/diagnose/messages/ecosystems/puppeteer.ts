import type { EcosystemMessages } from '../ecosystem.ts';

/** Puppeteer. */
export const puppeteer: EcosystemMessages = {
  id: 'puppeteer',
  marks: [/puppeteer|browser webSocket URL|chrome-remote-interface|\bProtocolError\b/i],
  rules: [
    {
      pattern: /Failed to fetch browser webSocket URL from (?<endpoint>\S{3,200}): fetch failed/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    { pattern: /Navigation timeout of \d{1,9} ?ms exceeded/, class: 'timeout', role: 'client' },
  ],
};
