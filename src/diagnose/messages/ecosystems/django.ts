import type { EcosystemMessages } from '../ecosystem.ts';

/** Django and its development server. */
export const django: EcosystemMessages = {
  id: 'django',
  marks: [/\bdjango\b|manage\.py|DisallowedHost|ALLOWED_HOSTS/i],
  rules: [
    {
      pattern: /Invalid HTTP_HOST header: '(?<endpoint>[^']{1,200})'/,
      class: 'host-not-allowed',
      role: 'server',
    },
    {
      pattern:
        /Invalid HTTP_HOST header \(you may need to set ALLOWED_HOSTS\): (?<endpoint>[\w.:[\]-]{1,200})/,
      class: 'host-not-allowed',
      role: 'server',
    },
    { pattern: /DisallowedHost at/, class: 'host-not-allowed', role: 'server' },
    { pattern: /Error: That port is already in use/, class: 'address-in-use', role: 'server' },
    {
      pattern: /Error: You don't have permission to access that port/,
      class: 'permission-denied',
      role: 'server',
    },
    {
      pattern: /Error: That IP address can't be assigned to/,
      class: 'address-not-available',
      role: 'server',
    },
    {
      pattern: /You're accessing the development server over HTTPS, but it only supports HTTP/,
      class: 'tls-on-http-port',
      role: 'server',
    },
  ],
};
