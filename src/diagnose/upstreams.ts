import type { Connection } from '../model/connection.ts';
import { isKnown, knownOr } from '../model/known.ts';
import { endpointText } from '../model/target-endpoint.ts';
import { describeListener } from './describe-listener.ts';
import type { EndpointFacts } from './facts.ts';

/** So many are named. */
const mostNamed = 4;

/** Whom the processes behind the endpoint are connected to themselves, a sentence each. */
export const upstreamEvidence = (facts: EndpointFacts): readonly string[] => {
  const pids = new Set(
    facts.answering.flatMap((one) => knownOr(one.owners, []).map(({ pid }) => pid)),
  );
  const sentences = facts.connections
    .filter(({ client }) => isKnown(client.pid) && pids.has(client.pid))
    .map((connection) => sentenceOf(connection, facts));
  return [...new Set(sentences)].slice(0, mostNamed);
};

const sentenceOf = ({ server, state }: Connection, facts: EndpointFacts): string => {
  const where = endpointText(server.address, server.port);
  if (state === 'syn-sent') return `it waits for ${where} to answer, which does not`;
  const listener = facts.listeners.find(
    (one) => one.transport === 'tcp' && one.port === server.port && one.namespace === 'this',
  );
  const who = listener === undefined ? '' : ` (${describeListener(listener)})`;
  return `it is connected to ${where}${who}`;
};
