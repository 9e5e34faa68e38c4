import type { CheckReport } from '../../../../model/diagnosis.ts';
import { span, type Line } from '../../text/line.ts';
import type { Section } from '../explanation/section.ts';
import { markOf, noticeMark } from './marks.ts';

/** Every check with its result, those that are about another case left out. */
export const checkSections = (checks: readonly CheckReport[]): readonly Section[] => [
  {
    label: 'checks',
    lines: checks.filter(({ result }) => result !== 'not-applicable').map(checkLine),
  },
];

/** A check in a line: its sign, and what was seen, else what holds where it passes. */
export const checkLine = ({ result, title, fact, why, severity }: CheckReport): Line => {
  const told = result === 'pass' ? (fact ?? title) : title;
  const isNotice = result === 'fail' && (severity === 'notice' || severity === 'info');
  return [
    isNotice ? noticeMark : markOf(result),
    span(told, result === 'fail' && !isNotice ? 'strong' : null),
    ...(why === undefined ? [] : [span(`  ${why}`, 'dim')]),
  ];
};
