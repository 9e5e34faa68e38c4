import type { EcosystemMessages } from '../ecosystem.ts';

/** Elixir, Erlang and Phoenix. */
export const elixir: EcosystemMessages = {
  id: 'elixir',
  marks: [
    /\*\* \(|:econn|:eaddr|:nxdomain|\bphoenix\b|\bcowboy\b|ranch|bandit|Mint\.|\bmix\b|\{error,|erl_|DBConnection|GenServer/i,
  ],
  rules: [
    {
      pattern:
        /Running \S{3,120} with \w{3,40}(?: [\d.]{1,20})? (?:using |on )(?<endpoint>https?:\/\/\S{3,160}) failed, port already in use/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /Running \S{3,120} with \w{3,40} [\d.]{1,20} at (?<endpoint>\S{3,160}) \(https?\) failed, port (?:\d{1,5} )?already in use/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /Ranch listener .{1,160}listen\(\[\{port, ?(?<port>\d{1,5})\},(?:\{ip, ?\{(?<host>[\d.]{7,15})\}\})?.{0,600} for reason (?<cause>.{3,100})/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /tcp connect \((?<endpoint>[^\s)]{2,160})\): (?<cause>.{3,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /(?::|\{error, ?|reason: :|\{:error, :)timeout\b/,
      class: 'timeout',
      role: 'client',
    },
    { pattern: /:closed\b|\{error, ?closed\}/, class: 'connection-reset' },
    { pattern: /:eacces\b|\beacces\b/, class: 'permission-denied', role: 'server' },
    {
      pattern: /:einval\b.{0,20}listen|:eaddrnotavail|\beaddrnotavail\b/,
      class: 'address-not-available',
      role: 'server',
    },
    {
      pattern: /connection not available and request was dropped from queue/,
      class: 'timeout',
      role: 'client',
    },
  ],
};
