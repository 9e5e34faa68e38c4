import type { EcosystemMessages } from '../ecosystem.ts';

/** Envoy. */
export const envoy: EcosystemMessages = {
  id: 'envoy',
  marks: [/\benvoy\b|upstream connect error/i],
  rules: [
    {
      pattern:
        /upstream connect error or disconnect\/reset before headers.{0,300}(?:reset reason|transport failure reason): (?:remote |local )?(?<cause>.{3,200})/i,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern: /upstream connect error or disconnect\/reset/i,
      class: 'proxy-error',
      role: 'client',
    },
  ],
};
