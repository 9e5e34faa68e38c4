import type { EcosystemMessages } from '../ecosystem.ts';

/** Elasticsearch, OpenSearch and Kibana. */
export const elasticsearch: EcosystemMessages = {
  id: 'elasticsearch',
  marks: [/elastic|opensearch|kibana/i, /\bES\b/],
  rules: [
    {
      pattern: /invalid internal transport message format/,
      class: 'wrong-protocol',
      role: 'server',
    },
    {
      pattern: /received plaintext http traffic on an https channel/,
      class: 'http-on-tls-port',
      role: 'server',
    },
    { pattern: /not an SSL\/TLS record/, class: 'http-on-tls-port', role: 'server' },
    {
      pattern: /Failed to bind to (?:(?<host>[\w.:[\]]{1,80}):)?\[(?<port>\d{1,5})/,
      class: 'address-in-use',
      role: 'server',
      weak: true,
    },
    {
      pattern: /ConnectionError: (?:connect )?(?<cause>ECONN\w{3,12}|There was a problem).{0,100}/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern:
        /(?:Unable to (?:revive connection|retrieve version information from Elasticsearch nodes)[.:]? ?)(?<endpoint>https?:\/\/\S{3,160})?(?<cause>.{0,200})/i,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /No Living connections|NoLivingConnectionsError|NoNodeAvailableException|None of the configured nodes are available/,
      class: 'connection-refused',
      role: 'client',
    },
  ],
};
