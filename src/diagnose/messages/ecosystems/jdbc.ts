import type { EcosystemMessages } from '../ecosystem.ts';

/** JDBC drivers and their pools. */
export const jdbc: EcosystemMessages = {
  id: 'jdbc',
  marks: [
    /jdbc|hikari|psqlexception|SQLException|SQLNonTransientConnection|CommunicationsException|\boracle\b|SQLServerException/i,
  ],
  rules: [
    {
      pattern: /Connection to (?<endpoint>\S{3,200}) refused\. Check that the host/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /Communications link failure/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern:
        /The TCP\/IP connection to the host (?<host>[\w.-]{1,200}), port (?<port>\d{1,5}) has failed\. Error: "?(?<cause>.{3,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /The Network Adapter could not establish the connection/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /Connection is not available, request timed out after/,
      class: 'timeout',
      role: 'client',
    },
    {
      pattern: /The connection attempt failed/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
  ],
};
