import type { EcosystemMessages } from '../ecosystem.ts';

/** Expo and the Metro bundler. */
export const expo: EcosystemMessages = {
  id: 'expo',
  marks: [/\bexpo\b|\bmetro\b|react-native/i],
  rules: [
    {
      pattern:
        /(?:Port (?<port>\d{1,5}) is (?:running this app in another window|being used by another process))/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Another process is running on port (?<port>\d{1,5})/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /(?:Metro(?: Bundler)?|Packager) (?:can't|cannot|could not) listen on port (?<port>\d{1,5})/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Could not connect to development server/i,
      class: 'connection-refused',
      role: 'client',
    },
  ],
};
