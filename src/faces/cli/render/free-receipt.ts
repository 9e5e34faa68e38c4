import type { EndedProcess, FreeReceipt, StepReceipt, StillHeld } from '../../../model/freeing.ts';
import { isKnown } from '../../../model/known.ts';
import { line, span, type Line } from '../text/line.ts';
import { wrap } from '../text/wrap.ts';
import type { FreeView } from './free-plan.ts';
import { answerWidth, groupLines } from './group-lines.ts';

/** Renders what was done, whether it is free, and how to start again what was ended. */
export const renderFreeReceipt = (receipt: FreeReceipt, view: FreeView): readonly Line[] => {
  const width = answerWidth(view.columns);
  const failed = receipt.steps.filter(
    ({ outcome }) => outcome === 'failed' || outcome === 'denied',
  );
  const managed = receipt.steps.filter(
    ({ verb, pid }) =>
      !receipt.processes.some((one) => one.pid === pid && one.signals.length > 0) &&
      verb !== 'signal',
  );
  const again = receipt.processes.slice(0, mostAgain).flatMap((one) => againLines(one, view));
  const sections = [
    { label: 'done', lines: [...managed.map(managedLine), ...receipt.processes.map(endLine)] },
    { label: 'failed', lines: failed.map(failedLine) },
    { label: 'held', lines: receipt.heldBy.flatMap(heldLines) },
    { label: 'again', lines: again },
    { label: 'next', lines: receipt.next.flatMap(nextLines) },
  ].filter(({ lines }) => lines.length > 0);
  return [
    ...wrap(headline(receipt), width),
    ...sections.flatMap((section) => groupLines([section], width)),
  ];
};

const mostAgain = 3;

const headline = ({ freed, tookMs, provenMs, heldBy }: FreeReceipt): Line => {
  if (freed) {
    return [
      span('It is free', 'good'),
      span(
        `: nobody listens, and still nobody ${seconds(provenMs)} later (${seconds(tookMs)} in all).`,
      ),
    ];
  }
  const isBack = heldBy.some(({ isNew }) => isNew);
  return [span(isBack ? 'It is taken again.' : 'It is still taken.', 'danger')];
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const managedLine = ({ verb, target, outcome, tookMs }: StepReceipt): Line => [
  span(`${verb.replaceAll('-', ' ')} ${target}`),
  span(`  ${outcome}, ${seconds(tookMs)}`, 'dim'),
];

const endLine = ({ name, pid, signals, endedAfterMs, exit, method }: EndedProcess): Line => {
  const sent = signals
    .map(({ signal, afterMs, delivery }) =>
      delivery === 'sent' ? `${signal} at ${seconds(afterMs)}` : `${signal} ${delivery}`,
    )
    .join(', ');
  const how = !isKnown(exit)
    ? ''
    : 'code' in exit
      ? `, with exit code ${exit.code}`
      : `, by ${exit.signal}`;
  const end = endedAfterMs === null ? 'still runs' : `ended after ${seconds(endedAfterMs)}${how}`;
  const by = method === 'pid' && signals.length > 0 ? ' (signalled by pid: no pidfd here)' : '';
  return [
    span(`${name} (pid ${pid})`),
    span(`  ${sent === '' ? '' : `${sent}: `}${end}${by}`, 'dim'),
  ];
};

const failedLine = ({ verb, target, why }: StepReceipt): Line =>
  line(`${verb.replaceAll('-', ' ')} ${target}: ${why ?? 'it failed'}`, 'danger');

const heldLines = ({ endpoint, pid, name, isNew, restartedBy }: StillHeld): readonly Line[] => {
  const who = pid === null ? name : `${name} (pid ${pid})`;
  const told = isNew ? `${endpoint} was taken by ${who}` : `${endpoint} is still held by ${who}`;
  return [
    line(told, 'danger'),
    ...(restartedBy === null ? [] : [line(`  started by ${restartedBy}`)]),
  ];
};

const againLines = (
  { startAgain, endedAfterMs }: EndedProcess,
  { verbose }: FreeView,
): readonly Line[] => {
  if (endedAfterMs === null || startAgain.command === null) return [];
  const { environment } = startAgain;
  const variables =
    verbose && environment !== undefined && isKnown(environment) ? Object.entries(environment) : [];
  return [
    line(startAgain.command),
    ...variables.map(([name, value]) => line(`  ${name}=${value}`, 'dim')),
  ];
};

const nextLines = ({ label, command }: FreeReceipt['next'][number]): readonly Line[] => [
  line(label, 'dim'),
  ...(command === null ? [] : [line(`  ${command}`, 'strong')]),
];
