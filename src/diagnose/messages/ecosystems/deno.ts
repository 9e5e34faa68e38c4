import type { EcosystemMessages } from '../ecosystem.ts';

/** Deno. */
export const deno: EcosystemMessages = {
  id: 'deno',
  marks: [
    /\bdeno\b|\bext:(?:deno|runtime|cli|core)|\bAddrInUse:|Uncaught \(in promise\) (?:ConnectionRefused|AddrInUse|PermissionDenied)/i,
  ],
  rules: [
    {
      pattern: /Requires net access to "(?<endpoint>[^"]{1,200})"/,
      class: 'permission-denied',
      role: 'unknown',
    },
    {
      pattern:
        /error sending request (?:for url|from \S{1,100} for) \(?(?<endpoint>\S{3,300}?)\)?(?: \([^)]{1,100}\))?: (?:client error \(Connect\): |error trying to connect: )?(?<cause>.{0,300})/i,
      class: 'connection-refused',
      role: 'client',
    },
  ],
};
