import type { EcosystemMessages } from '../ecosystem.ts';

/** Programs in C and C++ that print the call that failed. */
export const cpp: EcosystemMessages = {
  id: 'cpp',
  marks: [/connect\(\) to|bind\(\):|boost|asio/i],
  rules: [
    {
      pattern: /Unable to bind to (?<endpoint>\S{3,160}) on this computer/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /\bBinding \w{2,20} on address (?<host>[\w.:]{2,80}) port (?<port>\d{1,5}) failed\b/,
      class: 'address-in-use',
      role: 'server',
    },
  ],
};
