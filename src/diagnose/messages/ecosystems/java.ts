import type { EcosystemMessages } from '../ecosystem.ts';

/** Java's own exceptions. */
export const java: EcosystemMessages = {
  id: 'java',
  marks: [
    /\bjava\.|javax\.|\bat [\w.$]{3,200}\([\w.$]{1,60}\.java|BindException|JVM_Bind|Caused by:|Exception in thread|okhttp|\.kt:\d/i,
  ],
  rules: [
    {
      pattern: /java\.net\.BindException: (?<cause>.{3,300})/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /failed to connect to (?<host>[\w.-]{0,160}\/[\w.:]{2,60}) \(port (?<port>\d{1,5})\).{0,120}?(?: after \d{1,9}ms)?(?:: (?:isConnected failed: )?(?<cause>.{3,200}))?$/i,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern: /UnknownHostException: (?:Unable to resolve host "?)?(?<host>[\w.-]{1,200})/,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern:
        /connect(?:ion)? to (?<endpoint>\S{3,200}) \[[^\]]{1,200}\] failed: (?<cause>.{3,200})/i,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /Unsupported or unrecognized SSL message|plaintext connection\?/,
      class: 'tls-mismatch',
      role: 'client',
    },
    { pattern: /SocketTimeoutException: Accept timed out/, class: 'timeout', role: 'server' },
    {
      pattern: /Connection refused to host: (?<host>[\w.:-]{1,160}?);/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /(?:SocketTimeoutException|HttpTimeoutException|HttpConnectTimeoutException|TimeoutException): (?<cause>.{3,200})/,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern: /\bRetrying connect to server: (?<endpoint>\S{3,200}?)\.? Already tried/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern: /^(?:Caused by: )?java\.net\.(?:http\.Http)?Connect(?:ion)?Exception$/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern:
        /Unexpected end of file from server|header parser received no bytes|NoHttpResponseException: (?<endpoint>\S{3,160}) failed to respond/,
      class: 'connection-reset',
      role: 'client',
    },
    {
      pattern:
        /(?<!\] )Address already in use(?:: JVM_Bind|: NET_Bind|: bind|:)(?: (?<endpoint>\S{0,160}:\d{1,5}))?/i,
      class: 'address-in-use',
      role: 'server',
      shared: true,
    },
  ],
};
