import type { EcosystemMessages } from '../ecosystem.ts';

/** Jupyter's servers. */
export const jupyter: EcosystemMessages = {
  id: 'jupyter',
  marks: [/jupyter|notebook|\[[IWCE] \d{1,4}|\[[IWCE] {2,30}|\bspyder\b|zmq\.error/i],
  rules: [
    {
      pattern: /The port (?<port>\d{1,5}) is already in use, trying another port/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /(?:could not be started|will not start) because (?:no available port could be found|(?:the )?port (?<port>\d{1,5}) is not available)/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Permission to listen on port (?<port>\d{1,5}) denied/i,
      class: 'permission-denied',
      role: 'server',
    },
    {
      pattern: /Blocking request with non-local 'Host' (?<endpoint>[\w.:[\]-]{1,200})/i,
      class: 'host-not-allowed',
      role: 'server',
    },
    {
      pattern: /port (?<port>\d{1,5}) is already in use by/i,
      class: 'address-in-use',
      role: 'server',
    },
  ],
};
