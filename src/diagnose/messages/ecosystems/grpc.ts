import type { EcosystemMessages } from '../ecosystem.ts';

/** gRPC in all its languages. */
export const grpc: EcosystemMessages = {
  id: 'grpc',
  marks: [/\bgrpc\b|rpc error: code =|UNAVAILABLE|StatusCode\.|DEADLINE_EXCEEDED/i],
  rules: [
    {
      pattern:
        /(?:Failed to bind to address|No address added out of total .{0,200}?resolved:?) (?<endpoint>\S{3,160}?);/,
      class: 'address-in-use',
      role: 'server',
      weak: true,
    },
    {
      pattern:
        /rpc error: code = (?:Unavailable|DeadlineExceeded|Internal).{0,80}(?:connection error: )?desc = (?<cause>.{3,600})/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern:
        /UnavailableError.{0,40}Socket closed|UNAVAILABLE: Socket closed|grpc_message["']?: ?["']Socket closed/i,
      class: 'connection-reset',
      role: 'client',
    },
    {
      pattern: /\bUNAVAILABLE\b.{0,40}(?:Transport closed|Network closed) for unknown reason/,
      class: 'connection-reset',
      role: 'client',
    },
    { pattern: /^ {0,8}Socket closed$/, class: 'connection-reset', role: 'client', weak: true },
    {
      pattern: /error reading server preface|http2: frame too large/,
      class: 'wrong-protocol',
      role: 'client',
    },
    {
      pattern: /UNAVAILABLE: (?:io exception|No connection established)/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern:
        /UNAVAILABLE: Name resolution failed|UNAVAILABLE: Unable to resolve host (?<host>[\w.-]{1,200})/i,
      class: 'name-not-resolved',
      role: 'client',
    },
    { pattern: /DEADLINE_EXCEEDED|DeadlineExceeded/, class: 'timeout', role: 'client' },
    {
      pattern: /failed to connect to all addresses/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
  ],
};
