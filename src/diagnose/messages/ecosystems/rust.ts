import type { EcosystemMessages } from '../ecosystem.ts';

/** Rust's standard library, hyper, reqwest, tokio. */
export const rust: EcosystemMessages = {
  id: 'rust',
  marks: [
    /\bthread '[^']{1,60}' (?:\(\d{1,9}\) )?panicked|\bos error \d|\.rs:\d|reqwest|hyper|tokio|\bOs \{ code|RUST_BACKTRACE|\bkind: \w/i,
  ],
  rules: [
    {
      pattern:
        /error sending request (?:for url|from \S{1,100} for) \(?(?<endpoint>\S{3,300}?)\)?(?: \([^)]{1,100}\))?: (?:client error \(Connect\): |error trying to connect: )?(?<cause>.{0,300})/i,
      class: 'connection-refused',
      role: 'client',
      shared: true,
    },
    { pattern: /hyper::Error\(Parse/, class: 'wrong-protocol', role: 'client' },
    { pattern: /hyper::Error\((?<cause>.{3,300})/, class: 'connection-refused', role: 'client' },
    {
      pattern:
        /reqwest::Error \{ kind: (?:Request|Connect).{0,300}?(?:url: (?:"|Url \{)?(?<endpoint>https?:\/\/[^\s",]{3,200}))?.{0,200}?(?:source|error): (?<cause>.{3,600})/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern:
        /error sending request for url \((?<endpoint>[^\s)]{3,300})\)(?:: .{0,200}?: )?(?<cause>.{0,400})/i,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern: /error trying to connect: (?<cause>.{3,300})/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern: /invalid HTTP version parsed|invalid HTTP (?:status-code|header) parsed/,
      class: 'wrong-protocol',
      role: 'client',
    },
  ],
};
