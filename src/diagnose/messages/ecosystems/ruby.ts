import type { EcosystemMessages } from '../ecosystem.ts';

/** Ruby's Errno and Net::HTTP. */
export const ruby: EcosystemMessages = {
  id: 'ruby',
  marks: [
    /Errno::|\.rb:\d|Net::(?:HTTP|OpenTimeout|ReadTimeout)|(?<!\/Users\/|\/home\/)\bruby\b|Faraday|OpenSSL::SSL/i,
  ],
  rules: [
    {
      pattern:
        /Failed to open TCP connection to (?<endpoint>\S{2,200}:\d{1,5}) \((?<cause>.{3,300})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /\b(?<cause>.{0,160})- (?:bind|listen)\(2\) for "?(?<host>[\w.:%-]{0,120})"? port (?<port>\d{1,5})/,
      class: 'address-in-use',
      role: 'server',
    },
    { pattern: /Net::(?:OpenTimeout|ReadTimeout|WriteTimeout)/, class: 'timeout', role: 'client' },
    {
      pattern: /\bEOFError: end of file|end of file reached \(EOFError\)/,
      class: 'connection-reset',
      role: 'client',
      weak: true,
    },
    { pattern: /wrong status line/, class: 'wrong-protocol', role: 'client' },
  ],
};
