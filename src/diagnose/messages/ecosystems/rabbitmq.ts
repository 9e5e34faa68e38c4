import type { EcosystemMessages } from '../ecosystem.ts';

/** RabbitMQ and AMQP clients. */
export const rabbitmq: EcosystemMessages = {
  id: 'rabbitmq',
  marks: [/rabbit|amqp|\bpika\b|celery|kombu/i],
  rules: [
    { pattern: /\{bad_header,/, class: 'wrong-protocol', role: 'server' },
    {
      pattern: /\bconnection_closed_abruptly\b|client unexpectedly closed TCP connection/,
      class: 'connection-reset',
      role: 'server',
    },
    {
      pattern:
        /Failed to start Ranch listener \{acceptor,\{[\d,]{7,60}\},(?<port>\d{1,5})\}.{3,300}for reason (?<cause>.{3,100})/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /could not bind to (?:\w{2,20} ){0,3}port (?<port>\d{1,5}), it is in use/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /Cannot connect to (?<endpoint>(?:amqps?|redis|pyamqp):\/\/\S{3,200}?): (?<cause>.{3,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /Failed to start Ranch listener .{3,200}(?:reason|error|with):? ?.{0,20}?(?<cause>eaddrinuse|eacces|eaddrnotavail|address already in use)/i,
      class: 'address-in-use',
      role: 'server',
      when: (line) => !/listen\(\[\{port,/.test(line),
    },
    {
      pattern:
        /ERROR: (?:distribution|epmd|AMQP|could not bind to) .{0,40}port (?<port>\d{1,5}) (?:is )?(?:in use|already)/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /could not bind to distribution port (?<port>\d{1,5}), it is in use/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /AMQPConnectorException|AMQPConnectionError|IncompatibleProtocolError|bad_header|Expected protocol header|invalid AMQP/,
      class: 'wrong-protocol',
      when: (line) => /bad_header|protocol header|IncompatibleProtocol|invalid AMQP/i.test(line),
    },
    {
      pattern: /AMQPConnectionError\W{0,4}$/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern:
        /unable to perform an operation on node|unable to connect to epmd \(port (?<port>\d{1,5})\) on (?<host>[\w.-]{1,160}): (?<cause>.{3,100})/,
      class: 'connection-refused',
      role: 'client',
    },
  ],
};
