import type { EcosystemMessages } from '../ecosystem.ts';

/** Kafka's clients and brokers. */
export const kafka: EcosystemMessages = {
  id: 'kafka',
  marks: [/kafka|NetworkClient|bootstrap|\brdkafka\b/i],
  rules: [
    {
      pattern:
        /Connection to node -?\d{1,9} \((?<endpoint>[^\s)]{3,200})\) could not be established/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /Bootstrap broker (?<endpoint>\S{3,200}) (?:\(id: -?\d{1,9} rack: \w{1,40}\) )?disconnected/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    { pattern: /NoBrokersAvailable/, class: 'connection-refused', role: 'client' },
    {
      pattern: /Couldn't resolve server (?<endpoint>\S{3,200}) from/,
      class: 'name-not-resolved',
      role: 'client',
    },
    { pattern: /No resolvable bootstrap urls/, class: 'name-not-resolved', role: 'client' },
    {
      pattern:
        /\[thrd:(?:\w{3,20}:\/\/)?(?<endpoint>[^\s/\]]{3,200})(?:\/\w{1,20})?\].{0,200}(?:Connect to .{3,100} failed|Failed to resolve|Disconnected)(?<cause>.{0,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /Timed out waiting for a node assignment|Failed to update metadata after \d{1,9} ms|Topic .{1,100} not present in metadata after \d/,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern: /Connection error: .{0,60}broker "?(?<endpoint>[\w.:-]{3,160})"?/i,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern: /Invalid receive \(size = \d|InvalidReceiveException/,
      class: 'wrong-protocol',
      role: 'server',
    },
  ],
};
