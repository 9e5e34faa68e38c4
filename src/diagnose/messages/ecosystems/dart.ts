import type { EcosystemMessages } from '../ecosystem.ts';

/** Dart and Flutter. */
export const dart: EcosystemMessages = {
  id: 'dart',
  marks: [
    /\bSocketException: .{0,200}OS Error|\bpackage:\w{1,60}\/|\bflutter\b|\bHandshakeException|\bDioE(?:rror|xception)|dart:io/i,
  ],
  rules: [
    {
      // Beside `uri=` the port is the one that the client had itself.
      pattern:
        /Exception: (?<cause>[^\n]{3,300}), address = [\w.:%-]{1,160}, port = \d{1,5}, uri ?= ?(?<endpoint>https?:\/\/[^\s,]{3,200})/,
      class: 'connection-refused',
    },
    {
      pattern:
        /(?:SocketException|OS Error): (?<cause>[^\n]{3,300}), address = (?<host>[\w.:%-]{1,160}), port = (?<port>\d{1,5})/,
      class: 'connection-refused',
    },
    {
      pattern:
        /Connection closed (?:before full header was received|while receiving data)(?:, uri = (?<endpoint>\S{3,200}))?/,
      class: 'connection-reset',
      role: 'client',
    },
    {
      pattern: /HandshakeException: Handshake error in client \((?<cause>.{3,300})/,
      class: 'tls-mismatch',
      role: 'client',
    },
    {
      pattern: /Error waiting for a debug connection|The log reader stopped unexpectedly/,
      class: 'connection-reset',
      role: 'client',
      weak: true,
    },
  ],
};
