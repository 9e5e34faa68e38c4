import type { EcosystemMessages } from '../ecosystem.ts';

/** MongoDB's drivers, shell and server. */
export const mongodb: EcosystemMessages = {
  id: 'mongodb',
  marks: [/mongo|initandlisten/i],
  rules: [
    {
      pattern:
        /failed to connect to server \[(?<endpoint>[^\]\s]{3,200})\] on first connect(?: \[(?<cause>.{3,300}))?/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /couldn't connect to server (?<endpoint>[^\s,]{3,160}?),?(?: connection attempt failed| \([\d.]{7,20}\))?(?:: |, )(?<cause>.{3,300})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /(?<endpoint>[\w.-]{1,160}:\d{1,5}): \[(?:Errno|WinError) (?<cause>[^\n]{3,200})/,
      class: 'connection-refused',
      role: 'client',
      when: (line) => /ServerSelection|Topology|Timeout|mongo/i.test(line),
    },
    {
      pattern: /Server selection timed out after \d{1,9} ms|ServerSelectionTimeoutError/,
      class: 'timeout',
      role: 'client',
      weak: true,
    },
    { pattern: /No suitable servers found/, class: 'timeout', role: 'client', weak: true },
    {
      pattern: /Failed to set up listener: SocketException: (?<cause>.{3,100})/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Error setting up listener.{0,200}"errmsg":"(?<cause>[^"]{3,200})/,
      class: 'address-in-use',
      role: 'server',
    },
    { pattern: /trying to access MongoDB over HTTP/, class: 'wrong-protocol', role: 'server' },
  ],
};
