import type { ProgramDetector } from '../program.ts';
import { byClassPath, byMainClass } from '../program-match-java.ts';

/** Kafka's broker; its version is in the names of the jars on the class path. */
export const kafka: ProgramDetector = {
  id: 'kafka',
  name: 'Apache Kafka',
  kind: 'broker',
  detect: (facts) => {
    const detection = byMainClass(facts, 'kafka.Kafka');
    return detection && { ...byClassPath(facts, 'kafka-clients'), ...detection };
  },
};
