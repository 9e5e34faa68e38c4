import type { EcosystemMessages } from '../ecosystem.ts';

/** PHP, its built-in server, PDO and Laravel. */
export const php: EcosystemMessages = {
  id: 'php',
  marks: [
    /\bPHP (?:Warning|Fatal)|\.php\b|\bphp_|SQLSTATE|laravel|stream_socket|fsockopen|GuzzleHttp|^Warning: \w{1,40}\(/i,
  ],
  rules: [
    {
      pattern: /Failed to listen on (?<endpoint>\S{1,160}) \(reason: (?<cause>[^)]{3,300})/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /stream_socket_server\(\): [Uu]nable to connect to (?<endpoint>\S{3,200}) \((?<cause>[^)]{3,200})\)/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Failed to listen on (?<endpoint>\S{0,160}:\d{1,5})/,
      class: 'address-in-use',
      role: 'server',
      weak: true,
    },
    {
      pattern: /php_network_getaddresses: getaddrinfo(?: for (?<host>[\w.-]{1,200}))? failed/,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern:
        /(?:unable|failed) to connect to (?<endpoint>\S{3,200}) \((?!port)(?<cause>[^)]{3,200})\)/i,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /SQLSTATE\[HY000\] \[(?:2002|2003)\] (?<cause>.{3,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /Failed to connect to mailserver at "(?<host>[^"]{1,160})" port (?<port>\d{1,5})/,
      class: 'connection-refused',
      role: 'client',
    },
    { pattern: /MySQL server has gone away/, class: 'connection-reset', role: 'client' },
  ],
};
