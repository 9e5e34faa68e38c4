import type { EcosystemMessages } from '../ecosystem.ts';

/** libpq, psycopg, pg and the PostgreSQL server. */
export const postgres: EcosystemMessages = {
  id: 'postgres',
  marks: [/postgres|psql|psycopg|libpq|PG::|\bpg_|asyncpg|sqlalchemy/i],
  rules: [
    {
      pattern:
        /server does not support SSL, but SSL was required|The server does not support SSL connections/,
      class: 'tls-on-http-port',
      role: 'client',
    },
    {
      pattern:
        /invalid length of startup packet|unsupported frontend protocol|received direct SSL connection request/,
      class: 'wrong-protocol',
      role: 'server',
    },
    {
      pattern:
        /expected authentication request from server, but received|invalid response to SSL negotiation/,
      class: 'wrong-protocol',
      role: 'client',
    },
    {
      pattern:
        /connection to server at "(?<host>[^"]{1,200})"(?: \([^)]{1,80}\))?, port (?<port>\d{1,5}) failed: (?<cause>.{3,300})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /could not connect to server: (?<cause>.{3,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /Is the server running on host "(?<host>[^"]{1,200})"(?: \([^)]{1,80}\))? and accepting/,
      class: 'connection-refused',
      role: 'client',
      weak: true,
    },
    {
      pattern: /could not translate host name "(?<host>[^"]{1,200})"/,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern:
        /could not bind IPv[46] (?:address|socket)(?: "(?<host>[^"]{1,100})")?: (?<cause>.{3,200})/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /could not create listen socket for "(?<host>[^"]{1,200})"|could not create any TCP\/IP sockets/,
      class: 'address-in-use',
      role: 'server',
      weak: true,
    },
    {
      pattern: /Is another postmaster already running on port (?<port>\d{1,5})/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /server closed the connection unexpectedly/,
      class: 'connection-reset',
      role: 'client',
    },
    {
      pattern: /connection to server on socket "[^"]{1,200}" failed: (?<cause>.{3,200})/,
      class: 'connection-refused',
      role: 'client',
    },
  ],
};
