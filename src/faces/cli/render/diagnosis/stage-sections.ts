import type { Diagnosis, Stage } from '../../../../model/diagnosis.ts';
import type { Evidence } from '../../../../model/listener.ts';
import { line, span, type Line } from '../../text/line.ts';
import type { Section } from '../explanation/section.ts';
import { markOf } from './marks.ts';
import type { DiagnosisView } from './view.ts';

/** How far a client gets: one line a stage, those that have no part only with --verbose. */
export const stageSections = (
  { stages, causes, verdict }: Diagnosis,
  { verbose }: DiagnosisView,
): readonly Section[] => {
  const [first] = causes;
  const said = verdict === 'explained' && !verbose ? (first?.evidence ?? []) : [];
  return stages
    .filter(({ result }) => verbose || result !== 'not-applicable')
    .map((stage) => ({ label: labels[stage.id], lines: stageLines(stage, said, verbose) }));
};

const labels: Readonly<Record<Stage['id'], string>> = {
  name: 'name',
  address: 'address',
  route: 'route',
  firewall: 'firewall',
  listener: 'listener',
  'accept-queue': 'queue',
  handshake: 'connect',
  tls: 'TLS',
  protocol: 'protocol',
  application: 'answer',
};

/** `said`: what stands beside the cause already. */
const stageLines = (stage: Stage, said: Evidence, verbose: boolean): Line[] => {
  const { result, summary, durationMs, evidence } = stage;
  const time = durationMs === null || durationMs < 1 ? '' : `  ${Math.round(durationMs)} ms`;
  const unsaid = evidence.filter((one) => !summary.includes(one) && !said.includes(one));
  const shown = verbose || result === 'fail' ? unsaid : [];
  return [
    [markOf(result), span(summary, result === 'not-applicable' ? 'dim' : null), span(time, 'dim')],
    ...shown.map((fact) => line(`    ${fact}`, 'dim')),
  ];
};
