import type { EcosystemMessages } from '../ecosystem.ts';

/** Deno. */
export const deno: EcosystemMessages = {
  id: 'deno',
  marks: [
    /\bdeno\b|TypeError: .{0,40}error sending request|\bext:(?:deno|runtime|cli|core)|\bAddrInUse:|Uncaught \(in promise\) (?:ConnectionRefused|AddrInUse|PermissionDenied)/i,
  ],
  rules: [
    {
      pattern: /Requires net access to "(?<endpoint>[^"]{1,200})"/,
      class: 'permission-denied',
      role: 'unknown',
    },
  ],
};
