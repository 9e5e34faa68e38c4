import type { EcosystemMessages } from '../ecosystem.ts';

/** Apache httpd. */
export const apache: EcosystemMessages = {
  id: 'apache',
  marks: [/\bAH\d{5}\b|(?<!org\.)apache2?|httpd/i],
  rules: [
    {
      pattern:
        /\((?<cause>\d{1,5}\)[^:]{3,100}): AH\d{5}: make_sock: could not bind to address (?<endpoint>\S{2,100})/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /make_sock: could not bind to address (?<endpoint>\S{2,100})/,
      class: 'address-in-use',
      role: 'server',
      weak: true,
    },
    {
      pattern:
        /\((?<cause>\d{1,5}\)[^:]{3,100}): (?:AH\d{5}: |proxy: ){1,2}(?:HTTPS?|AJP|FCGI|WS|H2): attempt to connect to (?<endpoint>\S{3,160})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /AH01114: \w{2,6}: failed to make connection to backend: (?<host>[\w.:-]{1,200})/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern:
        /AH00898: Error (?:reading from remote server|during SSL Handshake with remote server) returned by/,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern: /AH02032: Hostname .{1,200} provided via SNI/,
      class: 'host-not-allowed',
      role: 'server',
    },
    {
      pattern: /speaking plain HTTP to an SSL-enabled server port/,
      class: 'http-on-tls-port',
      role: 'server',
    },
    {
      pattern: /AH01996: SSL handshake failed: HTTP spoken on HTTPS port/,
      class: 'http-on-tls-port',
      role: 'server',
    },
  ],
};
