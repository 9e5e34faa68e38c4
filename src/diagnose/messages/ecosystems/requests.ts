import type { EcosystemMessages } from '../ecosystem.ts';

/** requests, urllib3, httpx and aiohttp of Python. */
export const requests: EcosystemMessages = {
  id: 'requests',
  marks: [/urllib3|requests\.exceptions|\bhttpx\b|httpcore|aiohttp|HTTPS?ConnectionPool/i],
  rules: [
    {
      pattern: /ProxyError\(|Unable to connect to proxy|Cannot connect to proxy/i,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern:
        /HTTPS?ConnectionPool\(host=['"](?<host>[^'"]{1,120})['"], port=(?<port>\d{1,5})\): (?<cause>.{3,1000})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /Cannot connect to host (?<endpoint>[^\s]{3,160}) ssl:\S{1,40} \[(?<cause>[^\]]{1,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /\bConnectTimeout\b|\bReadTimeout\b|ServerTimeoutError|PoolTimeout/,
      class: 'timeout',
      role: 'client',
    },
    { pattern: /All connection attempts failed/, class: 'connection-refused', role: 'client' },
    {
      pattern: /RemoteProtocolError|RemoteDisconnected|ServerDisconnectedError|IncompleteRead\(\d/,
      class: 'connection-reset',
      role: 'client',
      when: (line) => !/illegal|invalid/i.test(line),
    },
  ],
};
