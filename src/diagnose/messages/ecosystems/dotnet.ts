import type { EcosystemMessages } from '../ecosystem.ts';

/** .NET: Kestrel, HttpClient, System.Net.Sockets. */
export const dotnet: EcosystemMessages = {
  id: 'dotnet',
  marks: [
    /System\.(?:Net|IO|Aggregate)|Kestrel|Microsoft\.(?:AspNetCore|Data|Extensions)|SocketException \(\d|HttpRequestException|HttpListener|(?<!\[WinError 10061\] No connection could be made because the |connectex: No connection could be made because the )target machine actively refused/i,
  ],
  rules: [
    {
      pattern:
        /Failed to bind to address (?<endpoint>\S{3,160}?):? (?:on the IPv[46] loopback interface: )?(?:address|port) already in use/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Failed to bind to address (?<endpoint>https?:\S{3,160})[.:] ?(?<cause>.{0,400})/i,
      class: 'address-in-use',
      role: 'server',
      weak: true,
    },
    {
      pattern:
        /(?:target machine|remote (?:host|computer)) actively refused it\.? \[?(?<endpoint>[^\s()\]]{2,160}:\d{1,5})/,
      class: 'connection-refused',
      role: 'client',
      shared: true,
    },
    {
      pattern:
        /(?:target machine|remote (?:host|computer)) actively refused it\.? \((?<endpoint>[^\s()]{3,160})\)/,
      class: 'connection-refused',
      role: 'client',
      shared: true,
    },
    {
      pattern: /\((?<endpoint>[\w.:[\]-]{3,160}:\d{1,5})\)$/,
      class: 'connection-refused',
      role: 'client',
      when: (line) => /actively refused|Connection refused|SocketException \(111\)/.test(line),
    },
    {
      pattern:
        /(?:No such host is known|Name or service not known|nodename nor servname provided, or not known|Resource temporarily unavailable)\.? \((?!\w{1,40}(?:Error|Exception)\))(?<endpoint>[\w.:-]{2,200})\)/,
      class: 'name-not-resolved',
      role: 'client',
      shared: true,
    },
    {
      pattern:
        /forbidden by its access permissions\.? \(?(?<endpoint>[\w.:[\]-]{3,160}:\d{1,5})\)?/,
      class: 'permission-denied',
      role: 'client',
      shared: true,
    },
    {
      pattern: /The SSL connection could not be established/,
      class: 'tls-mismatch',
      role: 'client',
      weak: true,
    },
    {
      pattern: /request was canceled due to the configured HttpClient\.Timeout/,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern: /Unable to (?:start Kestrel|bind to) (?<endpoint>https?:\/\/\S{3,160})/,
      class: 'address-in-use',
      role: 'server',
      weak: true,
    },
    {
      pattern:
        /Could not open a connection to (?:SQL Server: Could not open a connection to )?(?:tcp:)?(?<host>(?!SQL\b)[\w.-]{1,160}),(?<port>\d{1,5})/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern:
        /network-related or instance-specific error occurred while establishing a connection to SQL Server/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern: /UnableToConnect on (?<endpoint>[\w.:[\]-]{3,160}:\d{1,5})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /Unable to connect to the remote server/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern: /Failed to listen on prefix '(?<endpoint>[^']{3,160})' because it conflicts/,
      class: 'address-in-use',
      role: 'server',
    },
  ],
};
