import { invalidInput } from '../../../model/error.ts';
import type { PortClash, PortWant } from '../../../model/port-want.ts';
import { checkPorts, type PortCheck } from '../../../operations/check-ports.ts';
import { isOn } from '../invocation.ts';
import { openContext } from '../open-context.ts';
import { line, span, type Line } from '../text/line.ts';
import { counted } from '../text/quantity.ts';
import { writeJson } from '../write-json.ts';
import { writeLines } from '../write-lines.ts';
import { writeNotes } from '../write-notes.ts';
import type { RunLeases } from './port-words.ts';

/** `homeport port check FILE…`: 0 where all that the files want can be started, 1 with a clash. */
export const runCheck: RunLeases = async (words, invocation, io) => {
  if (words.length === 0) {
    throw invalidInput('port check needs a FILE', 'homeport port check .env compose.yaml');
  }
  const check = await checkPorts(await openContext(invocation), { files: words });
  await writeNotes(check, invocation, io);
  if (isOn(invocation, 'json')) await writeJson(check, io.out);
  else await writeLines(checkLines(check), io.out, io, invocation);
  return check.clashes.some(({ severity }) => severity === 'clash') ? 1 : 0;
};

const checkLines = ({ wants, clashes }: PortCheck): readonly Line[] => {
  const grave = clashes.filter(({ severity }) => severity === 'clash').length;
  const wanted = counted(wants.length, 'port');
  const headline =
    wants.length === 0
      ? line('No port is wanted there.')
      : grave === 0
        ? line(`${wanted} wanted, and none clashes.`, 'good')
        : line(`${wanted} wanted, ${counted(grave, 'clash', 'clashes')}.`, 'danger');
  const told = new Set(clashes.flatMap((clash) => clash.wants.map(({ port }) => port)));
  const rest = wants.filter(({ port }) => !told.has(port));
  return [headline, ...clashes.flatMap(clashLines), ...rest.map((want) => wantLine('✓', want))];
};

const clashLines = ({ severity, text, wants }: PortClash): readonly Line[] => [
  [severity === 'clash' ? span('✗ ', 'danger') : span('! ', 'caution'), span(text)],
  ...wants.map((want) => wantLine(' ', want)),
];

const wantLine = (mark: string, { file, line: at, what, port, assumed }: PortWant): Line => [
  span(`${mark} `, 'good'),
  span(mark === ' ' ? '  ' : ''),
  span(String(port), mark === ' ' ? 'dim' : null),
  span(`  ${file}${at === null ? '' : `:${at}`}  ${what}${assumed ? ' (its default)' : ''}`, 'dim'),
];
