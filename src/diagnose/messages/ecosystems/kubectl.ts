import type { EcosystemMessages } from '../ecosystem.ts';

/** kubectl and the Kubernetes API's clients. */
export const kubectl: EcosystemMessages = {
  id: 'kubectl',
  marks: [/\bkubectl\b|kube(?:fwd|config|let|rnetes)|\bpod\b|port-?forward|\bminikube\b/i],
  rules: [
    {
      pattern: /Error from server \(Timeout\)|unable to return a response in the time allotted/,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern: /The connection to the server (?<endpoint>\S{3,200}) was refused/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /unable to listen on any of the requested ports: \[\{(?<port>\d{1,5})/i,
      class: 'address-in-use',
      role: 'server',
      weak: true,
    },
    {
      pattern: /Unable to listen on port (?<port>\d{1,5}): (?<cause>.{3,600})/,
      class: 'address-in-use',
      role: 'server',
      when: (line) => !/listen tcp/.test(line),
    },
    {
      pattern:
        /error forwarding port \d{1,5} to pod .{3,500}?(?:AF=\d{1,2} |dial tcp[46]? |->)(?<endpoint>(?:[\d.]{7,15}|\[[\da-f:]{2,45}\]):\d{1,5})(?<cause>.{3,300})/i,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /error forwarding port (?<port>\d{1,5}) to pod .{3,300}?(?:failed to connect to|exit status|: )(?<cause>.{3,300})/i,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /Unable to connect to the server: (?<cause>.{3,400})/,
      class: 'connection-refused',
      role: 'client',
      when: (line) => !/dial tcp|net\/http|https?:/.test(line),
    },
    { pattern: /lost connection to pod/, class: 'connection-reset', role: 'client' },
  ],
};
