import type { EcosystemMessages } from '../ecosystem.ts';

const failingUrl = String.raw`(?:.{0,900}?NSErrorFailingURL(?:String)?Key=(?<endpoint>https?:\/\/[^\s,}]{3,200}))?`;

const coded = (codes: string): RegExp =>
  new RegExp(String.raw`NSURLErrorDomain(?:,)? ?[Cc]ode[=:] ?(?:${codes})\b${failingUrl}`);

/** Foundation's URL loading on macOS and iOS. */
export const apple: EcosystemMessages = {
  id: 'apple',
  marks: [/NSURLErrorDomain|kCFErrorDomain|CFNetwork|NSPOSIXErrorDomain|\bNWError\b/],
  rules: [
    {
      pattern: /kCFStreamErrorDomainSSL, -98\d\d\b/,
      class: 'tls-untrusted',
      role: 'client',
    },
    { pattern: coded('-1001'), class: 'timeout', role: 'client' },
    { pattern: coded('-1003|-1006'), class: 'name-not-resolved', role: 'client' },
    { pattern: coded('-1004'), class: 'connection-refused', role: 'client' },
    { pattern: coded('-1005'), class: 'connection-reset', role: 'client' },
    { pattern: coded('-1009'), class: 'unreachable', role: 'client' },
    { pattern: coded('-1200'), class: 'tls-mismatch', role: 'client' },
    { pattern: coded('-120[1-6]'), class: 'tls-untrusted', role: 'client' },
  ],
};
