import type { Cause, CheckReport, Diagnosis } from '../model/diagnosis.ts';
import type { Action } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import { targetText } from '../model/target-text.ts';
import { shellCommand } from '../model/shell-quote.ts';
import { answerOf } from './answer.ts';
import { bindChecks } from './checks/bind/registry.ts';
import { connectChecks } from './checks/connect/registry.ts';
import { machineChecks } from './checks/machine/registry.ts';
import { contradictionsOf } from './contradictions.ts';
import type { EndpointFacts } from './facts.ts';
import { type CheckFinding, judgeChecks } from './judge-checks.ts';
import { judgeStages } from './stages/judge-stages.ts';
import { isBind } from './symptom.ts';

/** What judging brings to a diagnosis; the rest of it are facts. */
export type Judgement = Pick<
  Diagnosis,
  'stages' | 'causes' | 'checks' | 'verdict' | 'answer' | 'contradictions' | 'next'
> & { readonly problems: readonly Problem[] };

/**
 * Judges an endpoint's facts: how far a client gets, which checks fail, and which of them explains
 * what the user met. A check of the endpoint stands before one of the machine. Pure, never throws.
 */
export const diagnose = (facts: EndpointFacts): Judgement => {
  const ofEndpoint = judgeChecks(isBind(facts.symptom) ? bindChecks : connectChecks, facts);
  const ofMachine = judgeChecks(machineChecks, facts);
  const findings = [...ofEndpoint.findings, ...ofMachine.findings];
  const causes = byExplanation(findings, facts);
  const verdict = verdictOf(causes, facts);
  return {
    stages: judgeStages(facts),
    causes,
    checks: [...ofEndpoint.reports, ...ofMachine.reports] satisfies readonly CheckReport[],
    verdict,
    answer: answerOf(verdict, causes, facts),
    contradictions: contradictionsOf(facts),
    next: nextActions(causes, facts),
    problems: [...ofEndpoint.problems, ...ofMachine.problems],
  };
};

const byExplanation = (
  findings: readonly CheckFinding[],
  { symptom }: EndpointFacts,
): readonly Cause[] => {
  const causes = findings.map(({ finding, stage, explains }) => ({
    ...finding,
    stage,
    explains: explains.includes(symptom.class),
  }));
  return [...causes.filter((one) => one.explains), ...causes.filter((one) => !one.explains)];
};

const verdictOf = ([first]: readonly Cause[], { symptom }: EndpointFacts): Diagnosis['verdict'] => {
  if (symptom.from === 'nothing') return 'works';
  return first?.explains === true ? 'explained' : 'unexplained';
};

/** More commands than these are a manual. */
const mostActions = 3;

const nextActions = (causes: readonly Cause[], facts: EndpointFacts): readonly Action[] => {
  const own = causes.filter(({ explains }) => explains).flatMap(({ actions }) => actions);
  const look: Action = {
    label: 'see all that is known of it',
    command: shellCommand('homeport', 'explain', targetText(facts.target)),
  };
  const actions = [...own.slice(0, mostActions - 1), look];
  return actions.filter(
    (one, index) => actions.findIndex(({ command }) => command === one.command) === index,
  );
};
