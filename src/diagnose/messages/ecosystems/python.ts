import type { EcosystemMessages } from '../ecosystem.ts';

/** Python's own exceptions. */
export const python: EcosystemMessages = {
  id: 'python',
  marks: [
    /Traceback \(most recent|\bFile "[^"]{1,200}", line|\b(?:ConnectionRefusedError|OSError|PermissionError|BrokenPipeError|ConnectionResetError|TimeoutError|socket\.(?:error|timeout|gaierror)|ssl\.SSL\w{4,20}|urlopen error|http\.client)\b|\[Errno -?\d/i,
  ],
  rules: [
    {
      pattern: /OSError: Multiple exceptions: (?<cause>\[Errno \d{1,3}\] [^,[]{3,200})/,
      class: 'connection-refused',
    },
    {
      pattern: /PermissionError: \[(?:Errno|WinError) \d{1,5}\] [^:']{1,160}$/,
      class: 'permission-denied',
    },
    { pattern: /<?urlopen error (?<cause>.{3,300})/, class: 'connection-refused', role: 'client' },
    {
      pattern: /Bad request version \(|code 400, message Bad (?:request|HTTP)/,
      class: 'tls-on-http-port',
      role: 'server',
      when: (line) => /\\x16|\\x03/.test(line),
    },
    {
      pattern: /TimeoutError\b.{0,20}(?:timed out)?|\bsocket\.timeout\b/,
      class: 'timeout',
      role: 'client',
      when: (line) =>
        /timed out|Errno|^\W{0,40}(?:\w{1,30}\.){0,4}TimeoutError\W{0,10}$|socket\.timeout/.test(
          line,
        ),
    },
  ],
};
