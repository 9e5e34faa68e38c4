import type { EcosystemMessages } from '../ecosystem.ts';

/** uvicorn and Hypercorn. */
export const uvicorn: EcosystemMessages = {
  id: 'uvicorn',
  marks: [/\buvicorn\b|hypercorn|^(?:INFO|ERROR|WARNING):  {2,8}|\[INFO\] Running on/i],
  rules: [
    {
      pattern:
        /error while attempting to bind on address \(['"](?<host>[^'"]{0,120})['"], (?<port>\d{1,5})(?:, \d{1,9}, \d{1,9})?\): (?<cause>.{3,200})/i,
      class: 'address-in-use',
      role: 'server',
      shared: true,
    },
    { pattern: /Invalid HTTP request received/, class: 'wrong-protocol', role: 'server' },
  ],
};
