import type { EcosystemMessages } from '../ecosystem.ts';

/** curl's exit texts. */
export const curl: EcosystemMessages = {
  id: 'curl',
  marks: [/\bcurl\b|libcurl|cURL error/i],
  rules: [
    {
      pattern:
        /curl: \(7\) Failed(?: to connect)? (?:to )?(?<host>[\w.:%[\]-]{1,160}) port (?<port>\d{1,5})(?: after \d{1,9} ms)?: (?:Couldn.t connect to server|Could not connect to server|(?<cause>.{3,200}))/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /Failed to connect to (?<host>[\w.:%[\]-]{1,160}) port (?<port>\d{1,5})(?: after \d{1,9} ms)?: (?:Couldn.t connect to server|Could not connect to server|(?<cause>.{3,200}))/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /\(28\) (?:Failed to connect to (?<host>[\w.:%[\]-]{1,160}) port (?<port>\d{1,5})|Connection timed out|Operation timed out|Connection timeout|SSL connection timeout|Resolving timed out)/,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern: /\(6\) Could ?n[o']t resolve host:? '?(?<host>[\w.-]{1,200})/i,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern: /\(5\) Could ?n[o']t resolve proxy:? '?(?<host>[\w.-]{1,200})/i,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern:
        /\(1\) Received HTTP\/0\.9 when not allowed|\(8\) Weird server reply|\(1\) Unsupported protocol/,
      class: 'wrong-protocol',
      role: 'client',
    },
    { pattern: /\(52\) Empty reply from server/, class: 'connection-reset', role: 'client' },
    {
      pattern:
        /\(56\) (?:Proxy CONNECT aborted|CONNECT tunnel failed|Received HTTP code \d{3} from proxy)|\(97\) /,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern: /\((?:51|60|58|77|83|91)\) (?:SSL|server certificate|schannel|error)/,
      class: 'tls-untrusted',
      role: 'client',
    },
    { pattern: /\(35\) (?<cause>.{3,300})/, class: 'tls-mismatch', role: 'client' },
    { pattern: /\(45\) bind failed/, class: 'address-not-available', role: 'client' },
    { pattern: /\(45\) .{0,60}bind/, class: 'address-not-available', role: 'client' },
  ],
};
