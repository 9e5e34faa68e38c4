import type { EcosystemMessages } from '../ecosystem.ts';

/** Go's net package. */
export const go: EcosystemMessages = {
  id: 'go',
  marks: [
    /\bdial (?:tcp|udp|unix)|\blisten (?:tcp|udp)|\bx509:|\btls: |net\/http|\bgoroutine\b|\b\w{1,30}\.go:\d|http: /i,
  ],
  rules: [
    { pattern: /http: proxy error: .{0,300}/, class: 'proxy-error', role: 'client' },
    {
      pattern: /\bdial unix \S{1,200}: connect: permission denied/,
      class: 'permission-denied',
      role: 'client',
    },
    {
      pattern:
        /http: TLS handshake error from (?<endpoint>\S{3,100}): (?:tls: first record does not look like a TLS handshake|EOF|client sent an HTTP request to an HTTPS server)/,
      class: 'http-on-tls-port',
      role: 'server',
      when: (line) => !line.endsWith('EOF'),
    },
    {
      pattern: /http: TLS handshake error from (?<endpoint>\S{3,100}): (?<cause>.{3,300})/,
      class: 'tls-mismatch',
      role: 'server',
    },
    { pattern: /proxyconnect tcp: (?<cause>.{3,300})/, class: 'proxy-error', role: 'client' },
    { pattern: /malformed HTTP response "\\x15\\x03/, class: 'http-on-tls-port', role: 'client' },
    {
      pattern:
        /\bcontext deadline exceeded\b|Client\.Timeout exceeded|i\/o timeout|TLS handshake timeout/,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern:
        /\blookup (?<host>[\w.-]{1,160})(?: on [\w.:[\]]{1,60})?: (?:no such host|server misbehaving|Temporary failure)/i,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern:
        /(?:Post|Get|Put|Head|Delete|Patch) "?(?<endpoint>https?:\/\/[^\s"]{3,300})"?: (?:EOF|unexpected EOF|http: server closed idle connection)/,
      class: 'connection-reset',
      role: 'client',
    },
    {
      pattern:
        /listen (?:tcp|udp)[46]?:? (?<endpoint>[^\s,]{1,160}?): bind: (?:The requested address is not valid|cannot assign|can't assign)/,
      class: 'address-not-available',
      role: 'server',
    },
  ],
};
