import type { ProgramDetector } from '../program.ts';
import { byJar } from '../program-match-java.ts';

/** Amazon's DynamoDB for this machine. */
export const dynamodbLocal: ProgramDetector = {
  id: 'dynamodb-local',
  name: 'DynamoDB Local',
  kind: 'database',
  detect: (facts) => byJar(facts, 'DynamoDBLocal'),
};
