import type { EcosystemMessages } from '../ecosystem.ts';

/** Caddy. */
export const caddy: EcosystemMessages = {
  id: 'caddy',
  marks: [/\bcaddy|http\.log\.error|http\.handlers/i],
  rules: [],
};
