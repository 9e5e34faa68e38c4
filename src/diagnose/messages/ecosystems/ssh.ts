import type { EcosystemMessages } from '../ecosystem.ts';

/** OpenSSH, and git and scp over it. */
export const ssh: EcosystemMessages = {
  id: 'ssh',
  marks: [/\bsshd?\b|\bssh_|kex_exchange|channel \d{1,4}:|scp:|\bsftp\b|openssh/i],
  rules: [
    // VS Code's Remote-SSH, of the forwarder that ssh -D is for it.
    {
      pattern:
        /set up socket for dynamic port forward to remote port (?<port>\d{1,5}): Socket closed/,
      class: 'connection-reset',
      role: 'client',
    },
    {
      pattern:
        /banner exchange: Connection from (?<host>\S{2,100}) port (?<port>\d{1,5}): invalid format/,
      class: 'wrong-protocol',
      role: 'server',
    },
    {
      pattern:
        /Bad (?:remote )?protocol version identification|invalid protocol identifier|banner line contains invalid characters|Protocol major versions differ|banner exchange: .{3,100}invalid format/,
      class: 'wrong-protocol',
    },
    {
      pattern: /ssh: connect to host (?<host>\S{1,200}) port (?<port>\d{1,5}): (?<cause>.{3,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /Bind to port (?<port>\d{1,5}) on (?<host>\S{1,80}) failed: (?<cause>.{3,100})/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /bind \[(?<host>[^\]\s]{1,80})\]:(?<port>\d{1,5}): (?<cause>.{3,100})/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /channel_setup_fwd_listener(?:_tcpip)?: cannot listen to port:? (?<port>\d{1,5})/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /(?:Warning|Error): remote port forwarding failed for listen port (?<port>\d{1,5})/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Privileged ports can only be forwarded by root/,
      class: 'permission-denied',
      role: 'server',
    },
    {
      pattern:
        /channel \d{1,5}: open failed: (?:connect failed|administratively prohibited|unknown channel type)[: ]{1,3}(?<cause>.{3,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /connect_to (?<host>[\w.:-]{1,160}) port (?:(?<port>\d{1,5})|\S{1,40}): failed/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /connect_to (?<host>[\w.:-]{1,160}): unknown host/,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern: /reverse mapping checking getaddrinfo for (?<host>[\w.-]{1,200}) .{0,60}failed/,
      class: 'name-not-resolved',
      role: 'server',
    },
    {
      pattern: /Could not resolve hostname (?<host>[\w.-]{1,200})/i,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern: /kex_exchange_identification: (?!banner)(?:read: )?(?<cause>.{3,100})/,
      class: 'connection-reset',
      role: 'client',
    },
    {
      pattern: /Connection (?:closed|reset) by (?<host>[\w.:]{2,100}) port (?<port>\d{1,5})$/,
      class: 'connection-reset',
      role: 'client',
    },
    {
      pattern: /Connection (?:closed|reset) by (?<host>[\w.:]{2,100}) port (?<port>\d{1,5})\b/,
      class: 'connection-reset',
      role: 'client',
      when: (line) => !/preauth|sshd\[/.test(line),
    },
    {
      pattern: /Connection to (?<host>[\w.:-]{1,160}) (?:port (?<port>\d{1,5}) )?timed out/,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern:
        /client_loop: send disconnect: (?<cause>.{3,60})|packet_write_wait: .{3,100}Broken pipe/,
      class: 'broken-pipe',
      role: 'client',
    },
  ],
};
