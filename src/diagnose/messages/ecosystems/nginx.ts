import type { EcosystemMessages } from '../ecosystem.ts';

/** nginx's error log and error pages. */
export const nginx: EcosystemMessages = {
  id: 'nginx',
  marks: [
    /\bnginx\b|\[(?:emerg|crit|error|alert|warn)\] \d{1,8}#\d|while (?:connecting to|reading .{0,40} from) upstream/i,
  ],
  rules: [
    {
      pattern: /\bbind\(\) to (?<endpoint>\S{2,100}) failed \((?<cause>\d{1,5}: [^)]{1,100})\)/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /(?<cause>connect\(\) failed \([^)]{1,100}\)|upstream timed out \([^)]{1,100}\)|upstream prematurely closed|recv\(\) failed \([^)]{1,100}\)|send\(\) failed \([^)]{1,100}\)|connect\(\) to \S{1,200} failed \([^)]{1,100}\)|SSL_do_handshake\(\) failed.{0,120}?|peer closed connection in SSL handshake|upstream SSL certificate.{0,80}?|no live upstreams).{0,400}upstream: "(?<endpoint>[^"]{3,300})"/,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern:
        /(?<cause>SSL_do_handshake\(\) failed .{0,200}) while SSL handshaking,.{0,100} server: (?<endpoint>\S{2,100})/,
      class: 'tls-mismatch',
      role: 'server',
    },
    {
      pattern: /upstream prematurely closed connection/i,
      class: 'connection-reset',
      role: 'client',
    },
    {
      pattern: /no live upstreams while connecting to upstream/,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern: /host not found in (?:upstream|resolver) "(?<endpoint>[^"]{1,200})"/,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern: /(?<host>[\w.-]{1,200}) could not be resolved \(\d{1,3}: /,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern:
        /upstream sent (?:no valid HTTP|invalid|too big|unsupported)|upstream sent unexpected/,
      class: 'wrong-protocol',
      role: 'client',
    },
    {
      pattern: /client sent (?:plain HTTP request to HTTPS port|invalid (?:method|request).{0,40})/,
      class: 'wrong-protocol',
      role: 'server',
      when: (line) => !/HTTPS port/.test(line),
    },
    {
      pattern: /client sent plain HTTP request to HTTPS port/,
      class: 'http-on-tls-port',
      role: 'server',
    },
    {
      pattern:
        /socket\(\) .{0,80}failed \((?<cause>24: [^)]{1,60})\)|accept4?\(\) failed \((?:24: [^)]{1,60})\)/,
      class: 'too-many-files',
      role: 'server',
    },
  ],
};
