import type { EcosystemMessages } from '../ecosystem.ts';

/** git. */
export const git: EcosystemMessages = {
  id: 'git',
  marks: [/\bgit\b|^fatal: (?:unable|could not|repository)/i],
  rules: [
    {
      pattern: /Could not resolve (?:host|proxy): (?<host>[\w.-]{1,200})/i,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern: /fatal: unable to connect to (?<host>[\w.:-]{1,200}):$/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern: /^(?<host>[\w.-]{1,160})\[\d{1,3}: (?:[\w.:]{2,60})\]: errno=(?<cause>.{3,100})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /unable to access '(?<endpoint>https?:\/\/[^']{3,300})': (?<cause>.{3,300})/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
  ],
};
