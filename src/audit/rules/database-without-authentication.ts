import { couldNotCheck, failed, notApplicable, pass } from '../check-result.ts';
import {
  endpointText,
  programKind,
  programName,
  reachEvidence,
  reachOf,
} from '../listener-facts.ts';
import type { Rule, RuleFacts } from '../rule.ts';

const databaseProtocols: ReadonlySet<string> = new Set([
  'amqp',
  'cassandra',
  'clickhouse',
  'couchdb',
  'elasticsearch',
  'etcd',
  'influxdb',
  'kafka',
  'memcached',
  'mongodb',
  'mqtt',
  'mysql',
  'mysqlx',
  'nats',
  'opensearch',
  'postgres',
  'redis',
  'zookeeper',
]);

/** A database or broker that other machines can use without credentials. */
export const databaseWithoutAuthentication: Rule = {
  id: 'database-without-authentication',
  title: 'Database without authentication, reachable beyond this machine',
  judge: (facts) => {
    const { listener, protocol } = facts;
    if (!isDatabase(facts)) return notApplicable;
    const reach = reachOf(listener);
    if (reach === 'machine') return pass;
    if (protocol.status !== 'identified' || protocol.authentication === null) {
      return couldNotCheck(notSeen(facts));
    }
    if (protocol.authentication === 'required') return pass;
    if (reach === 'unknown') return couldNotCheck('how far it reaches could not be read');
    return failed({
      id: 'database-without-authentication',
      severity: 'critical',
      title: `${protocol.name} on ${endpointText(listener)} answers other machines without credentials`,
      evidence: [...protocol.evidence, ...reachEvidence(listener)],
      benignCauses: ['a firewall or network outside of this machine keeps others away'],
      actions: [
        {
          label: `bind ${programName(listener)} to 127.0.0.1, or give it a password`,
          command: null,
        },
      ],
    });
  },
};

const isDatabase = ({ listener, protocol }: RuleFacts): boolean => {
  if (listener.transport !== 'tcp') return false;
  if (protocol.status === 'identified' && databaseProtocols.has(protocol.id)) return true;
  const kind = programKind(listener);
  return kind === 'database' || kind === 'broker';
};

const notSeen = ({ protocol }: RuleFacts): string =>
  protocol.status === 'not-probed'
    ? `whether it wants credentials was not asked: ${protocol.why}`
    : 'whether it wants credentials was not seen';
