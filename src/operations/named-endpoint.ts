import { explainTarget } from '../explain/explain-target.ts';
import { invalidInput } from '../model/error.ts';
import type { InetListener, Listener } from '../model/listener.ts';
import { isWildcard } from '../model/scope.ts';
import { endpointText } from '../model/target-endpoint.ts';
import { targetText } from '../model/target-text.ts';
import { parseTarget } from '../model/parse-target.ts';
import type { EndpointTarget, Target } from '../model/target.ts';
import { type JudgedMachine, machineFacts } from './machine-facts.ts';
import type { OperationContext } from './operation.ts';

/** Where something that was named otherwise listens. */
export type NamedEndpoint = {
  readonly target: EndpointTarget;
  /** What was read to find it. */
  readonly machine: JudgedMachine;
  /** Where it listens too, as targets are written. */
  readonly others: readonly string[];
};

/**
 * Finds the first TCP endpoint that a process, a program, a project, a container or a unit listens
 * on. Throws invalid input where it listens nowhere: then no endpoint was meant.
 */
export const endpointOf = async (
  context: OperationContext,
  asked: Exclude<Target, { kind: 'endpoint' }>,
): Promise<NamedEndpoint> => {
  if (asked.kind === 'unix') {
    throw invalidInput('why asks about TCP endpoints', `homeport explain ${targetText(asked)}`);
  }
  const machine = await machineFacts(context, { destinations: [], firewall: false, trips: false });
  const { listeners } = explainTarget(asked, null, machine.judgement);
  const [first, ...more] = listeners.filter(isHere);
  if (first === undefined) {
    throw invalidInput(
      `nothing that ${targetText(asked)} means listens on a TCP port`,
      'give the endpoint that fails, as localhost:3000, or the error message',
    );
  }
  const target = parseTarget(dialText(first));
  if (target.kind !== 'endpoint') throw new Error(`${dialText(first)} is no endpoint`);
  return { target, machine, others: more.map(dialText) };
};

const isHere = (listener: Listener): listener is InetListener =>
  listener.transport === 'tcp' && listener.namespace === 'this';

/** Whoever listens on every address of a family is asked on that family's loopback. */
const dialText = ({ address, port, family }: InetListener): string =>
  endpointText(isWildcard(address) ? loopback[family] : address, port);

const loopback = { ipv4: '127.0.0.1', ipv6: '::1' } as const;
