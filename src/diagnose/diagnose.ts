import type { Cause, Diagnosis, Symptom } from '../model/diagnosis.ts';
import type { Action } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import type { EndpointTarget } from '../model/target.ts';
import { isLocalhost } from '../model/parse-host.ts';
import { shellCommand } from '../model/shell-quote.ts';
import { targetText } from '../model/target-text.ts';
import { answerOf, answerWithoutEndpoint } from './answer.ts';
import { bindChecks } from './checks/bind/registry.ts';
import { connectChecks } from './checks/connect/registry.ts';
import { machineChecks } from './checks/machine/registry.ts';
import { concernedBy, concernsSame } from './concerned.ts';
import { contradictionsOf } from './contradictions.ts';
import type { EndpointFacts, MachineFacts } from './facts.ts';
import { type CheckFinding, type Judged, judgeChecks } from './judge-checks.ts';
import { rootCauses } from './root-causes.ts';
import { redirectedTo } from './redirected.ts';
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
  const { symptom } = facts;
  const ofEndpoint = judgeChecks(isBind(symptom) ? bindChecks : connectChecks, facts);
  const judged = rootCauses(joined(withoutDisproved(ofEndpoint, facts), ofMachine(facts)));
  const causes = byExplanation(judged.findings, symptom);
  const verdict = verdictOf(causes, symptom);
  return {
    stages: judgeStages(facts),
    causes,
    checks: judged.reports,
    verdict,
    answer: answerOf(verdict, causes, facts),
    contradictions: contradictionsOf(facts),
    next: [...nextActions(causes), lookOn(facts)].filter(isFirst),
    problems: judged.problems,
  };
};

/** Judges a failure that no endpoint is known of: by what is wrong with the machine alone. */
export const diagnoseMachine = (facts: MachineFacts, symptom: Symptom): Judgement => {
  const judged = rootCauses(judgeChecks(machineChecks, facts));
  const mayPlayPart = judged.findings.filter((found) => isOnTheWay(found, symptom));
  const causes = byExplanation(mayPlayPart.map(ofNobodyNamed), symptom);
  const verdict = verdictOf(causes, symptom);
  return {
    stages: [],
    causes,
    checks: judged.reports,
    verdict,
    answer: answerWithoutEndpoint(verdict, causes, symptom),
    contradictions: [],
    next: [...nextActions(causes), nameIt].filter(isFirst),
    problems: judged.problems,
  };
};

/** That nobody listens at an address is no reason where a rule takes the connection elsewhere. */
const withoutDisproved = (judged: Judged, facts: EndpointFacts): Judged => {
  if (redirectedTo(facts) === null) return judged;
  const { findings } = judged;
  return { ...judged, findings: findings.filter(({ stage }) => stage !== 'listener') };
};

/** Of the machine's findings those that may have to do with this connection; doctor tells the others. */
const ofMachine = (facts: EndpointFacts): Judged => {
  const judged = judgeChecks(machineChecks, facts);
  return { ...judged, findings: judged.findings.filter((found) => hasPart(found, facts)) };
};

/** What is about other programs, or names that are not asked for, is none of this connection's. */
const hasPart = (found: CheckFinding, facts: EndpointFacts): boolean =>
  // The machine's checks of names are about localhost: another name meets something else.
  (found.stage !== 'name' || isOfLocalhost(facts.target)) &&
  concernsSame(found.concerns, concernedBy(...facts.answering)) &&
  isOnTheWay(found, facts.symptom);

/** What explains no failure, or stands on no connection's way, is another matter. */
const isOnTheWay = ({ explains, stage }: CheckFinding, symptom: Symptom): boolean =>
  explains.includes(symptom.class) || (explains.length > 0 && stage !== null);

/** Whose failure a message tells that names nobody is not known: one program's trouble may be it. */
const ofNobodyNamed = (found: CheckFinding): CheckFinding =>
  found.concerns === null ? found : { ...found, explains: [] };

const isOfLocalhost = ({ host }: EndpointTarget): boolean =>
  host === null || isLocalhost(host) || host.endsWith('.localhost');

const joined = (first: Judged, second: Judged): Judged => ({
  reports: [...first.reports, ...second.reports],
  findings: [...first.findings, ...second.findings],
  problems: [...first.problems, ...second.problems],
});

const byExplanation = (findings: readonly CheckFinding[], symptom: Symptom): readonly Cause[] => {
  const causes = findings.map(({ finding, stage, explains }) => ({
    ...finding,
    stage,
    explains: explains.includes(symptom.class),
  }));
  return [...causes.filter((one) => one.explains), ...causes.filter((one) => !one.explains)];
};

const verdictOf = ([first]: readonly Cause[], { from }: Symptom): Diagnosis['verdict'] => {
  if (from === 'nothing') return 'works';
  return first?.explains === true ? 'explained' : 'unexplained';
};

/** With the one that is always there: more commands than three are a manual. */
const mostActions = 2;

const nextActions = (causes: readonly Cause[]): readonly Action[] =>
  causes
    .filter(({ explains }) => explains)
    .flatMap(({ actions }) => actions)
    .slice(0, mostActions);

/** A host alone has nothing more to show. */
const lookOn = ({ target }: EndpointFacts): Action =>
  target.port === 0
    ? nameIt
    : {
        label: 'see all that is known of it',
        command: shellCommand('homeport', 'explain', targetText(target)),
      };

const nameIt: Action = {
  label: 'name the endpoint that it is about, to have it looked at',
  command: 'homeport why HOST:PORT',
};

const isFirst = (one: Action, index: number, all: readonly Action[]): boolean =>
  all.findIndex(({ command, label }) => command === one.command && label === one.label) === index;
