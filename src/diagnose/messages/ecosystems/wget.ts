import type { EcosystemMessages } from '../ecosystem.ts';

/** GNU Wget and BusyBox's. */
export const wget: EcosystemMessages = {
  id: 'wget',
  marks: [/\bwget\b|^Connecting to .{3,200}\.\.\.|^Resolving /i],
  rules: [
    {
      pattern:
        /The certificate of [‘'"`](?<host>[\w.-]{1,200})[’'"`] (?:is not trusted|has expired|doesn't have|is not yet)/,
      class: 'tls-untrusted',
      role: 'client',
    },
    {
      pattern: /The certificate's owner does not match hostname [‘'"`](?<host>[\w.-]{1,200})/,
      class: 'tls-untrusted',
      role: 'client',
    },
    {
      pattern:
        /Connecting to (?<host>[\w.:[\]-]{1,160}?)(?: \([^)]{1,60}\))?\|(?:[\w.:[\]]{2,60})\|:(?<port>\d{1,5})\.\.\. failed: (?<cause>.{3,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /Connecting to (?<endpoint>\S{3,160})\.\.\. failed: (?<cause>.{3,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /unable to resolve host address [‘'"`](?<host>[\w.-]{1,200})/,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern:
        /wget: can't connect to remote host(?: \((?<host>[\w.:]{2,60})\))?: (?<cause>.{3,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /wget: bad address '(?<endpoint>[^']{1,200})'/,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern: /cannot verify (?<host>[\w.-]{1,200})'s certificate/,
      class: 'tls-untrusted',
      role: 'client',
    },
    {
      pattern: /Unable to establish SSL connection/,
      class: 'tls-mismatch',
      role: 'client',
      weak: true,
    },
    { pattern: /No data received\./, class: 'connection-reset', role: 'client' },
  ],
};
