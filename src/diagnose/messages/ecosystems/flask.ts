import type { EcosystemMessages } from '../ecosystem.ts';

/** Flask and Werkzeug. */
export const flask: EcosystemMessages = {
  id: 'flask',
  marks: [/\bflask\b|werkzeug/i],
  rules: [
    {
      pattern: /Port (?<port>\d{1,5}) is in use by another program/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Host "?(?<endpoint>[^"\s]{1,200})"? is not trusted/,
      class: 'host-not-allowed',
      role: 'server',
    },
  ],
};
