import type { ProgramDetector } from '../program.ts';
import { byMainClass } from '../program-match-java.ts';

/** ZooKeeper, on its own or from Kafka's folder. */
export const zookeeper: ProgramDetector = {
  id: 'zookeeper',
  name: 'Apache ZooKeeper',
  kind: 'database',
  detect: (facts) => byMainClass(facts, 'org.apache.zookeeper.server.'),
};
