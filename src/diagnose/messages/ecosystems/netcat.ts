import type { EcosystemMessages } from '../ecosystem.ts';

/** netcat in its kinds, telnet. */
export const netcat: EcosystemMessages = {
  id: 'netcat',
  marks: [/^(?:nc|ncat|netcat|telnet)\b|\bNcat:|\(UNKNOWN\) \[/i],
  rules: [
    {
      pattern:
        /nc: connect to (?<host>[\w.:-]{1,160})(?: \([\w.:]{2,60}\))? port (?<port>\d{1,5}) \((?:tcp|udp)\) failed: (?<cause>.{3,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /(?<host>[\w.-]{1,160}) \[(?:[\w.:]{2,60})\] (?<port>\d{1,5})(?: \([^)]{1,40}\))? (?:: |\? )?(?:open )?:? ?(?<cause>(?:Connection|No route|Network|Operation|Host).{3,100})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /\(UNKNOWN\) \[(?<host>[\w.:]{2,60})\] (?<port>\d{1,5})(?: \([^)]{1,40}\))? : (?<cause>.{3,100})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /Can't grab (?<host>[\w.:-]{1,60}):(?<port>\d{1,5}) with bind/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /telnet: (?:Unable|could not|can't) (?:to )?connect to (?:remote host|address (?<host>[\w.:]{2,60})): (?<cause>.{3,100})/i,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /(?:telnet|nc|ncat|netcat): (?:could not resolve |getaddrinfo(?: for host)? )"?(?<host>[\w.-]{1,160})/i,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern: /Ncat: bind to (?<endpoint>\S{2,100}): (?<cause>.{3,200})/,
      class: 'address-in-use',
      role: 'server',
    },
  ],
};
