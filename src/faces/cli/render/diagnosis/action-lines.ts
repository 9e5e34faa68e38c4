import type { Action } from '../../../../model/finding.ts';
import { command, line, lineWidth, pad, span, type Line } from '../../text/line.ts';

/** Longer lines are hard to scan, also where there is room. */
const widestLine = 100;

/**
 * What to do. Each in a line, the labels one below the other, where all of them fit and change
 * nothing; else each in lines of its own: what it is for, the command, what it changes. A command is
 * never broken, so that it can be copied. `columns`: the room in cells; null: no terminal.
 */
export const actionLines = (actions: readonly Action[], columns: number | null): Line[] => {
  const lines = inOneLine(actions);
  const room = Math.min(columns ?? widestLine, widestLine);
  const areShort =
    actions.every(({ changes = null }) => changes === null) &&
    lines.every((one) => lineWidth(one) <= room);
  return areShort ? lines : actions.flatMap(apart);
};

const inOneLine = (actions: readonly Action[]): Line[] => {
  const commands = actions.map((action): Line => [arrow, ...commandOf(action)]);
  const widest = Math.max(0, ...commands.map(lineWidth));
  return actions.map((action, index): Line =>
    action.command === null
      ? [arrow, ...labelOf(action)]
      : [...pad(commands[index] ?? [], widest), span(`  ${action.label}${rootOf(action)}`, 'dim')],
  );
};

const apart = (action: Action): Line[] => {
  const { changes = null } = action;
  return [
    [arrow, ...labelOf(action)],
    ...(action.command === null ? [] : [[span('    '), ...commandOf(action)]]),
    ...(changes === null ? [] : [line(`    changes: ${changes}`, 'dim')]),
  ];
};

const arrow = span('→ ', 'accent');

const commandOf = (action: Action): Line =>
  action.command === null ? [] : [command(action.command)];

const labelOf = (action: Action): Line => [span(action.label), span(rootOf(action), 'dim')];

const rootOf = ({ needsRoot }: Action): string => (needsRoot === true ? ' (root)' : '');
