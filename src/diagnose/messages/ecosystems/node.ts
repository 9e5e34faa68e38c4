import type { EcosystemMessages } from '../ecosystem.ts';

/** Node.js and the libraries that speak through it. */
export const node: EcosystemMessages = {
  id: 'node',
  marks: [
    /node:\w|internal\/|node_modules|\bFetchError\b|AxiosError|AggregateError|\berrno: -\d|\bsyscall: |\bE(?:CONNREFUSED|ADDRINUSE|CONNRESET|PIPE|MFILE|ADDRNOTAVAIL|ACCES|NOTFOUND|AI_AGAIN|TIMEDOUT|PROTO)\b|socket hang up|\bundici\b|UND_ERR|fetch failed|npm ERR!/i,
  ],
  rules: [
    {
      pattern: /tunneling socket could not be established, (?:cause|statusCode)=/i,
      class: 'proxy-error',
      role: 'client',
    },
    { pattern: /socket hang up/i, class: 'connection-reset', role: 'client' },
    // The Error of an aborted request tells its cause only in its stack.
    {
      pattern: /\bError: aborted\b/,
      class: 'connection-reset',
      role: 'unknown',
      when: (_line, text) => /\bconnResetException\b/.test(text),
    },
    {
      pattern: /TypeError: fetch failed|\bfetch failed$/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern: /^.{0,60}cause: Error: bad port|\bTypeError: fetch failed.{0,40}bad port/,
      class: 'unsafe-port',
      role: 'client',
    },
    {
      pattern: /Error: Unexpected server response: (?:200|426)\b/,
      class: 'wrong-protocol',
      role: 'client',
    },
    {
      pattern: /Error: Unexpected server response: (?:502|503|504)\b/,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern: /\b(?:xhr poll|websocket) error\b/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern: /AxiosError.{0,40}Network Error|\bERR_NETWORK\b/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    { pattern: /\bEMFILE\b|\bENFILE\b/, class: 'too-many-files', role: 'unknown' },
    {
      pattern: /ENOSPC: System limit for number of file watchers reached/,
      class: 'too-many-files',
      role: 'unknown',
    },
    {
      pattern: /\b(?:read|write) (?:ECONNRESET|EPIPE|ECONNABORTED)\b/,
      class: 'connection-reset',
      role: 'unknown',
      when: (line) => !line.includes('EPIPE'),
    },
    {
      pattern: /\b(?:This socket has been ended by the other party|write EPIPE)\b/,
      class: 'broken-pipe',
      role: 'unknown',
    },
    {
      pattern: /Parse Error: (?:Expected HTTP|Invalid|Missing|Response does not match)/i,
      class: 'wrong-protocol',
      role: 'client',
    },
    {
      pattern:
        /timeout of \d{1,9}ms exceeded|connect timeout error|ConnectTimeoutError|HeadersTimeoutError|BodyTimeoutError/i,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern:
        /ConnectTimeoutError: Connect Timeout Error \(attempted address(?:es)?: (?<endpoint>[^,\s]{3,160})/i,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern: /unable to (?:determine transport target|verify the first certificate)/i,
      class: 'tls-untrusted',
      role: 'client',
      when: (line) => line.includes('certificate'),
    },
  ],
};
