import type { EcosystemMessages } from '../ecosystem.ts';

/** Chromium's, Firefox's and Safari's net errors. */
export const browser: EcosystemMessages = {
  id: 'browser',
  marks: [/\bnet::ERR_|NS_ERROR_|\bERR_[A-Z]{3,12}_|Safari|Firefox|Chrome/i],
  rules: [
    {
      pattern:
        /\bERR_UNSAFE_PORT\b|NS_ERROR_PORT_ACCESS_NOT_ALLOWED|restricted network port|This address is restricted|Cancelled for security|\bcause: Error: bad port/i,
      class: 'unsafe-port',
      role: 'client',
    },
    {
      pattern: /\bERR_CONNECTION_REFUSED\b|NS_ERROR_CONNECTION_REFUSED|refused to connect\.?$/i,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /\bERR_(?:NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|ICANN_NAME_COLLISION)\b|NS_ERROR_UNKNOWN_HOST|DNS_PROBE_(?:FINISHED_)?\w{3,20}|server IP address could not be found|We.{1,3}re having trouble finding that site/i,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern: /\bERR_(?:CONNECTION_)?TIMED_OUT\b|NS_ERROR_NET_TIMEOUT|took too long to respond/i,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern:
        /\bERR_(?:CONNECTION_(?:RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED_ENCODING)\b|NS_ERROR_NET_(?:RESET|INTERRUPT|EMPTY_RESPONSE|PARTIAL_TRANSFER)|didn.{1,3}t send any data|The connection was reset/i,
      class: 'connection-reset',
      role: 'client',
    },
    {
      pattern:
        /\bERR_(?:PROXY_\w{3,30}|TUNNEL_CONNECTION_FAILED|SOCKS_CONNECTION_\w{3,30}|MANDATORY_PROXY\w{3,40})\b|NS_ERROR_PROXY_\w{3,30}|NS_ERROR_UNKNOWN_PROXY_HOST|proxy server is refusing connections/i,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern:
        /\bERR_(?:CERT_\w{3,40}|SSL_KEY_USAGE_INCOMPATIBLE|BAD_SSL_CLIENT_AUTH_CERT|SSL_PINNED_\w{3,30}|CERTIFICATE_TRANSPARENCY_REQUIRED)\b|SEC_ERROR_\w{3,40}|MOZILLA_PKIX_ERROR_\w{3,40}|SSL_ERROR_BAD_CERT_DOMAIN|Your connection is not private/,
      class: 'tls-untrusted',
      role: 'client',
    },
    {
      pattern:
        /\bERR_SSL_\w{3,40}\b|SSL_ERROR_(?!(?:SSL|SYSCALL|ZERO_RETURN|WANT_\w{1,20})\b)\w{3,40}|PR_END_OF_FILE_ERROR|can.{1,3}t provide a secure connection/i,
      class: 'tls-mismatch',
      role: 'client',
    },
    {
      pattern:
        /\bERR_(?:INVALID_HTTP_RESPONSE|HTTP2_PROTOCOL_ERROR|QUIC_PROTOCOL_ERROR|INVALID_CHUNKED_ENCODING|RESPONSE_HEADERS_\w{3,40})\b|NS_ERROR_NET_INADEQUATE_SECURITY/,
      class: 'wrong-protocol',
      role: 'client',
    },
    {
      pattern:
        /\bERR_(?:ADDRESS_UNREACHABLE|INTERNET_DISCONNECTED|NETWORK_CHANGED|NETWORK_ACCESS_DENIED|NETWORK_UNREACHABLE)\b|NS_ERROR_OFFLINE/,
      class: 'unreachable',
      role: 'client',
    },
    {
      pattern: /\bERR_ADDRESS_INVALID\b|\bERR_ADDRESS_NOT_AVAILABLE\b/,
      class: 'address-not-available',
      role: 'client',
    },
    { pattern: /\bERR_CONNECTION_FAILED\b/, class: 'connection-refused', role: 'client' },
    {
      pattern:
        /WebSocket connection to ['"]?(?<endpoint>wss?:\/\/[^\s'"]{3,200})['"]? failed: Error during WebSocket handshake: Unexpected response code: 50[234]/i,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern:
        /WebSocket connection to ['"]?(?<endpoint>wss?:\/\/[^\s'"]{3,200})['"]? failed: Error during WebSocket handshake/i,
      class: 'wrong-protocol',
      role: 'client',
    },
    {
      pattern:
        /WebSocket connection to ['"]?(?<endpoint>wss?:\/\/[^\s'"]{3,200})['"]? failed:? ?(?<cause>.{0,200})/i,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern:
        /Firefox can.{1,3}t establish a connection to the server at (?<endpoint>\S{3,200}?)\.?$/i,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /Safari can.t open the page [“"](?<endpoint>[^”"]{3,200})[”"] because Safari can.t (?:connect to|establish a secure)/i,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /Safari can.t open the page [“"](?<endpoint>[^”"]{3,200})[”"] because Safari can.t find the server/i,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern:
        /Safari can.t open the page [“"](?<endpoint>[^”"]{3,200})[”"] because the server (?:unexpectedly dropped|is not responding|isn.t responding)/i,
      class: 'connection-reset',
      role: 'client',
    },
    {
      pattern: /sent an invalid response\.?$/i,
      class: 'tls-mismatch',
      role: 'client',
      weak: true,
    },
  ],
};
