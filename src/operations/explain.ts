import type { RuleFacts } from '../audit/rule.ts';
import { bySeverity, judgeRules } from '../audit/judge-rules.ts';
import { explainTarget, type SnapshotExplanation } from '../explain/explain-target.ts';
import { judgeProcesses } from '../explain/judgement.ts';
import { nextSteps } from '../explain/next-steps.ts';
import { listenerOf } from '../explain/select.ts';
import { indexSnapshot } from '../explain/snapshot-index.ts';
import { takeSnapshot } from '../host/snapshot.ts';
import type { Explanation } from '../model/explanation.ts';
import type { Finding } from '../model/finding.ts';
import { knownOr } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';
import { parseTarget } from '../model/parse-target.ts';
import type { Problem } from '../model/problem.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { askProtocol } from './ask-protocol.ts';
import type { ExplainInput } from './explain.schema.ts';
import type { LiveContext, OperationContext } from './operation.ts';
import { resolveTarget } from './resolve-target.ts';

/**
 * Explains any local endpoint, process or name: what it is, whose, why it runs, who talks to it and
 * from where it can be reached. Probes only the endpoint that was named, and only with
 * `probe` not false. Throws invalid input where the target can't be right.
 */
export const explain = async (
  context: OperationContext,
  input: ExplainInput,
): Promise<Explanation> => {
  const asked = parseTarget(input.target);
  const snapshot =
    context.snapshot === undefined ? await readMachine(context, asked) : context.snapshot;
  const { target, addresses, problems } = await resolveTarget(context, asked, snapshot);
  const judgement = judgeProcesses(indexSnapshot(snapshot));
  const seen = explainTarget(target, addresses, judgement);
  const protocol = await askProtocol(context, target, seen, input.probe ?? true);
  const findings = judgeFindings(seen, protocol, snapshot);
  const whole = {
    ...seen,
    protocol,
    findings: findings.findings,
    problems: [...problems, ...seen.problems, ...findings.problems],
  };
  return { ...whole, next: nextSteps(whole, snapshot.machine.uid) };
};

const readMachine = (context: LiveContext, target: Target): Promise<Snapshot> =>
  takeSnapshot(
    context.host,
    {
      states: 'all',
      unix: target.kind !== 'endpoint',
      otherNamespaces: true,
      holdersOf: 'all',
      ...(target.kind === 'pid' ? { alsoProcesses: new Set([target.pid]) } : {}),
      detail: 'full',
    },
    context.signal,
    context.now,
  );

const judgeFindings = (
  seen: SnapshotExplanation,
  protocol: Protocol,
  snapshot: Snapshot,
): { findings: Finding[]; problems: Problem[] } => {
  const judged = seen.listeners.map((listener) =>
    judgeRules(ruleFacts(listener, seen, protocol, snapshot)),
  );
  return {
    findings: judged.flatMap((one) => one.findings).sort(bySeverity),
    problems: judged.flatMap((one) => one.problems),
  };
};

const ruleFacts = (
  listener: Listener,
  seen: SnapshotExplanation,
  protocol: Protocol,
  snapshot: Snapshot,
): RuleFacts => {
  const pid = knownOr(listener.owners, [])[0]?.pid;
  return {
    listener,
    process: snapshot.processes.find((process) => process.pid === pid) ?? null,
    protocol: listener === seen.listeners[0] ? protocol : notAsked,
    clients: seen.connections
      .filter((connection) => listenerOf(connection, seen.listeners) === listener)
      .map((connection) => connection.client.address),
  };
};

const notAsked: Protocol = { status: 'not-probed', why: 'only the first listener was asked' };
