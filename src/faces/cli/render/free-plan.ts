import type { End } from '../../../model/connection.ts';
import type { CutOff, FreeOwner, FreePlan, FreeStep } from '../../../model/freeing.ts';
import { isKnown, knownOr } from '../../../model/known.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { targetText } from '../../../model/target-text.ts';
import { line, span, type Line } from '../text/line.ts';
import { counted, longDuration } from '../text/quantity.ts';
import { wrap } from '../text/wrap.ts';
import { factLine } from './explanation/facts.ts';
import type { Section } from './explanation/section.ts';
import { answerWidth, groupLines } from './group-lines.ts';

/** How a plan or a receipt is shown. */
export type FreeView = {
  readonly columns: number | null;
  readonly verbose: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
};

/** Renders a plan: who holds it, who is cut off, what would start it again, the steps, what is left. */
export const renderFreePlan = (plan: FreePlan, view: FreeView): readonly Line[] => {
  const width = answerWidth(view.columns);
  const groups: readonly (readonly Section[])[] = [
    [{ label: 'held by', lines: plan.owners.flatMap((owner) => ownerLines(owner, view)) }],
    [
      { label: 'cut off', lines: cutOffLines(plan.cutOff) },
      { label: 'restarts', lines: restartLines(plan) },
    ],
    [{ label: 'steps', lines: plan.steps.flatMap((step, at) => stepLines(step, at, plan)) }],
    [{ label: 'left', lines: plan.left.map((sentence) => line(sentence, 'dim')) }],
    [{ label: plan.forced ? 'overridden' : 'refused', lines: refusalLines(plan) }],
  ];
  return [
    ...wrap(headline(plan), width),
    ...groups.flatMap((sections) => groupLines(sections.filter(hasLines), width)),
    ...problemLines(plan, width),
  ];
};

const hasLines = ({ lines }: Section): boolean => lines.length > 0;

const headline = (plan: FreePlan): Line => {
  const asked = plan.targets.map(targetText).join(', ');
  if (plan.state === 'free')
    return [span(`${asked}: nobody listens there. Nothing is to be done.`)];
  const where = plan.endpoints.length === 0 ? asked : plan.endpoints.join(', ');
  if (plan.state === 'hidden') {
    return [span(`${where} is held by somebody whom this user may not see.`, 'danger')];
  }
  const names = [...new Set(plan.owners.map(({ name, pid }) => `${name} (pid ${pid})`))];
  const whose = plan.project === null ? '' : ` of ${plan.project}`;
  const more = names.length > 2 ? ` and ${names.length - 2} more` : '';
  const who = names.length === 0 ? 'others' : `${names.slice(0, 2).join(', ')}${more}${whose}`;
  return [span(where, 'strong'), span(` is held by ${who}.`)];
};

const ownerLines = (owner: FreeOwner, view: FreeView): readonly Line[] => {
  const { name, pid, user, uid, origin, role, startedAt, alsoServes, argv, evidence } = owner;
  const whose = user ?? (isKnown(uid) ? `uid ${uid}` : 'user unknown');
  const age = longDuration(view.now - Date.parse(startedAt));
  const facts = [
    `pid ${pid}`,
    whose,
    `for ${age}`,
    origin.id === 'unknown' ? null : origin.label,
    role === 'holds' ? 'holds the socket, nothing shows that it accepts' : null,
  ];
  return [
    [span(`${name} `, 'strong'), ...factLine(facts)],
    line(`  ${knownOr(argv, []).join(' ')}`.slice(0, 160), 'dim'),
    ...(alsoServes.length === 0
      ? []
      : [[span('  also serves ', 'caution'), span(alsoServes.join(', '))]]),
    ...(view.verbose ? evidence.map((fact) => line(`  – ${fact}`, 'dim')) : []),
  ].filter((one) => one.some(({ text }) => text.trim() !== ''));
};

const mostClients = 5;

const cutOffLines = (cutOff: readonly CutOff[]): readonly Line[] => {
  const shown = cutOff.slice(0, mostClients).map(({ client }) => clientLine(client));
  const more = cutOff.length - shown.length;
  return more > 0 ? [...shown, line(`and ${counted(more, 'more connection')}`)] : shown;
};

const clientLine = ({ address, port, pid, program, project }: End): Line => {
  const where = endpointText(address, port);
  if (!isKnown(pid)) return [span(`a client at ${where}`)];
  const name = knownOr(program, 'a program');
  return factLine([`${name} (pid ${pid})`, where, project === null ? null : `project ${project}`]);
};

const restartLines = ({ restartedBy, owners }: FreePlan): readonly Line[] => {
  if (owners.length === 0) return [];
  if (restartedBy === null) return [line('nothing known would start it again', 'dim')];
  const { label, stopped } = restartedBy;
  return stopped
    ? [line(`${label} would start it again: the steps see to that`)]
    : [line(`${label} will start it again`, 'danger')];
};

const stepLines = (step: FreeStep, at: number, plan: FreePlan): readonly Line[] => [
  [
    span(`${at + 1}  `, 'dim'),
    span(step.verb.replaceAll('-', ' '), 'accent'),
    span(` ${step.target}${step.pid === null ? '' : ` (pid ${step.pid})`}`),
    span(howText(step, plan), 'dim'),
  ],
  [span(`   ${step.why}`, 'dim')],
];

const howText = ({ action, command }: FreeStep, { graceMs }: FreePlan): string => {
  if (action.kind !== 'signal') return command === null ? '' : `  ${command}`;
  return `  ${action.signal}, SIGKILL after ${graceMs / 1000} s`;
};

const refusalLines = ({ refusals, forced }: FreePlan): readonly Line[] =>
  refusals.map(({ why }) => line(why, forced ? 'caution' : 'danger'));

const problemLines = ({ problems }: FreePlan, width: number): readonly Line[] => {
  const details = [...new Set(problems.map(({ detail }) => detail))];
  return details.length === 0
    ? []
    : [
        [],
        ...details.flatMap((detail) =>
          wrap([span('! ', 'caution'), span(detail, 'dim')], width, 2),
        ),
      ];
};
