import type { ChainLink, Explanation, Owner } from '../../../../model/explanation.ts';
import { isKnown, isUnknown, type Known } from '../../../../model/known.ts';
import type { Project } from '../../../../model/listener.ts';
import { fit, line, pad, span, type Line } from '../../text/line.ts';
import { longDuration } from '../../text/quantity.ts';
import { shortPath, unknownSentence } from '../words.ts';
import { evidenceLines, factLine } from './facts.ts';
import type { ExplanationView, Section } from './section.ts';

/** What runs there, whose it is, and why it runs; nothing where nobody is there. */
export const ownerSections = (
  { owner, listeners }: Explanation,
  view: ExplanationView,
): readonly Section[] => {
  if (owner === null) return [];
  if (isUnknown(owner)) {
    const text = owner.why ?? `its owner ${unknownSentence[owner.unknown]}`;
    return [{ label: 'whose', lines: [line(text, 'dim')] }];
  }
  const holders = listeners[0] === undefined ? [] : ownersLines(listeners[0].owners, owner);
  return [
    { label: 'what', lines: whatLines(owner, view) },
    { label: 'whose', lines: [...whoseLines(owner, view), ...holders] },
    { label: 'why', lines: whyLines(owner, view) },
  ];
};

const whatLines = ({ program, chain }: Owner, view: ExplanationView): Line[] => {
  const version = program.version === null ? '' : ` ${program.version}`;
  const kind = kindWords(program);
  return [
    [span(`${program.name}${version}`), ...(kind === null ? [] : [span(` · ${kind}`, 'dim')])],
    brief(line(chain[0]?.command ?? '', 'dim'), longestCommand, view),
    ...evidenceLines(program.evidence, view),
  ];
};

/** A file that no detector knows is no runtime, but what one runs. */
const kindWords = ({ id, kind }: Owner['program']): string | null => {
  if (kind === 'unknown') return null;
  return id === null && kind === 'runtime' ? 'script' : kind.replaceAll('-', ' ');
};

const whoseLines = ({ process, project, evidence }: Owner, view: ExplanationView): Line[] => {
  const user = process.user ?? (isKnown(process.uid) ? `uid ${process.uid}` : 'user unknown');
  const age = longDuration(view.now - Date.parse(process.startedAt));
  return [
    factLine([`pid ${process.pid}`, user, `running for ${age}`]),
    ...evidenceLines(evidence, view),
    ...projectLines(project, process.cwd, view),
  ];
};

const projectLines = (
  project: Owner['project'],
  cwd: Known<string>,
  view: ExplanationView,
): Line[] => {
  if (project !== null && isKnown(project)) return knownProject(project, view);
  if (!isKnown(cwd)) return [line(`its working directory ${unknownSentence[cwd.unknown]}`, 'dim')];
  return [line(`no project; works in ${shortPath(cwd, view.home)}`, 'dim')];
};

const knownProject = (project: Project, view: ExplanationView): Line[] => [
  factLine([
    `project ${project.name}`,
    shortPath(project.root, view.home),
    project.branch === null ? null : `branch ${project.branch}`,
    project.worktree === null ? null : `worktree ${project.worktree}`,
  ]),
  ...evidenceLines(project.evidence, view),
];

/** Who else has the socket: stopping one of them may not free it. */
const ownersLines = (owners: Explanation['listeners'][number]['owners'], owner: Owner): Line[] => {
  if (!isKnown(owners) || owners.length < 2) return [];
  const others = owners.filter(({ pid }) => pid !== owner.process.pid);
  const names = others.slice(0, 5).map(({ name, pid, role }) => `${name} ${pid} (${role})`);
  const more = others.length > 5 ? `, and ${others.length - 5} more` : '';
  return [[span('also held by ', 'caution'), span(`${names.join(', ')}${more}`)]];
};

const whyLines = ({ origin, chain }: Owner, view: ExplanationView): Line[] => {
  const restarts = { true: 'it is started again when it ends', false: null, null: null };
  const known = origin.id === 'unknown' ? 'what started it is not known' : origin.label;
  const width = Math.max(0, ...chain.map(({ pid }) => pid.toString().length));
  return [
    factLine([known, restarts[`${origin.restarts}`]]),
    ...evidenceLines(origin.evidence, view),
    ...chain.map((link) =>
      chainLine(chain.length === 1 ? { ...link, verdict: null } : link, width, view),
    ),
  ];
};

/** Cells of a command line where not everything is shown: some hold a whole configuration. */
const longestCommand = 240;

const brief = (command: Line, width: number, view: ExplanationView): Line =>
  view.verbose ? command : fit(command, width);

const chainLine = (link: ChainLink, width: number, view: ExplanationView): Line => {
  const verdict = link.verdict === null ? [] : [span(`  ${link.verdict.label}`, 'accent')];
  const room = (view.columns ?? Infinity) - width - 2 - (link.verdict?.label.length ?? -2) - 2;
  const command = line(link.command === '' ? link.name : link.command);
  return [
    ...pad([span(link.pid.toString(), 'dim')], width, 'right'),
    span('  '),
    ...brief(command, Math.max(Math.min(room, longestCommand), 16), view),
    ...verdict,
  ];
};
