import type { EcosystemMessages } from '../ecosystem.ts';

/** MySQL's and MariaDB's clients and servers. */
export const mysql: EcosystemMessages = {
  id: 'mysql',
  marks: [/mysql|mariadb|ERROR 200\d|\(HY000\)|InnoDB/i],
  rules: [
    {
      pattern:
        /Can't connect to (?:MySQL |MariaDB )?(?:local )?server on '(?<endpoint>[^'"]{1,200})' \((?:\[?(?:Errno |WinError )?)?(?<cause>\d{1,5})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /Can't connect to (?:MySQL |MariaDB )?server on '(?<endpoint>[^'"]{1,200})'.{0,20}?\((?<cause>[^\n]{1,300})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern:
        /Can't connect to (?:MySQL |MariaDB )?server on '(?<endpoint>[^']{1,200})':(?<port>\d{1,5}) \((?<cause>.{1,200})/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /Can't connect to (?:local )?(?:MySQL |MariaDB )?server through socket/,
      class: 'connection-refused',
      role: 'client',
    },
    {
      pattern: /Unknown (?:MySQL|MariaDB)? ?server host '(?<host>[^']{1,200})'/,
      class: 'name-not-resolved',
      role: 'client',
    },
    {
      pattern: /Lost connection to (?:MySQL |MariaDB )?server/i,
      class: 'connection-reset',
      role: 'client',
    },
    {
      pattern: /Can't start server: Bind on TCP\/IP port(?:: (?<cause>.{3,100}))?/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /Do you already have another (?:mysqld|mariadbd)(?: or mysqld)? server running on port: ?(?<port>\d{1,5})/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern:
        /Got packets out of order|Packets out of order|Malformed (?:communication )?packet|Bad handshake|malformed packet/i,
      class: 'wrong-protocol',
      role: 'client',
    },
  ],
};
