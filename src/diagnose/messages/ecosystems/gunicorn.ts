import type { EcosystemMessages } from '../ecosystem.ts';

/** gunicorn. */
export const gunicorn: EcosystemMessages = {
  id: 'gunicorn',
  marks: [/gunicorn|\[\d{1,8}\] \[(?:ERROR|INFO)\]/i],
  rules: [
    {
      pattern: /Connection in use: \(['"](?<host>[^'"]{0,120})['"], (?<port>\d{1,5})/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Invalid address: \(['"](?<host>[^'"]{0,120})['"], (?<port>\d{1,5})/,
      class: 'address-not-available',
      role: 'server',
    },
    {
      pattern: /Can't connect to \(['"](?<host>[^'"]{0,120})['"], (?<port>\d{1,5})/,
      class: 'address-in-use',
      role: 'server',
      weak: true,
    },
  ],
};
