import type { EcosystemMessages } from '../ecosystem.ts';

/** Ansible. */
export const ansible: EcosystemMessages = {
  id: 'ansible',
  marks: [/ansible|UNREACHABLE!/i],
  rules: [
    {
      pattern: /(?:fatal: \[)?(?<host>[\w.-]{1,160})(?:\]:| \|) UNREACHABLE!/,
      class: 'unreachable',
      role: 'client',
    },
  ],
};
