import { describe, expect, it } from 'vitest';
import type { DiagnosisView } from '../../../../src/faces/cli/render/diagnosis/view.ts';
import { renderDiagnosis } from '../../../../src/faces/cli/render/why.ts';
import { lineWidth, paintLines } from '../../../../src/faces/cli/text/line.ts';
import type { FailureMessage } from '../../../../src/model/failure.ts';
import { cause, diagnosis } from '../support/diagnosis-literals.ts';

const view = (given: Partial<DiagnosisView> = {}): DiagnosisView => ({
  columns: null,
  verbose: false,
  sudoHelps: true,
  source: null,
  ...given,
});

const message: FailureMessage = {
  class: 'connection-refused',
  endpoints: [
    { host: '::1', port: 3000 },
    { host: null, port: 5173 },
    { host: 'db', port: null },
  ],
  role: 'client',
  ecosystem: 'node',
  line: 7,
  text: '  Error: connect ECONNREFUSED ::1:3000',
  notes: ['the middle was left out'],
};

describe('a narrow terminal', () => {
  const wide = diagnosis({
    message,
    answer: `nothing listens on ${'a very long name '.repeat(8)}`,
    causes: [
      cause({
        evidence: ['a word that is much longer than the terminal: ' + 'x'.repeat(200)],
        actions: [
          { label: 'why '.repeat(30), command: 'curl '.repeat(30), changes: 'all '.repeat(40) },
        ],
      }),
      cause({ title: 'the other one '.repeat(20) }),
    ],
    next: [{ label: 'see '.repeat(30), command: 'homeport '.repeat(20) }],
    problems: [{ id: 'check-failed', reason: 'failed', detail: 'hidden '.repeat(40) }],
  });

  it.each([40, 60, 80, 120])('of %i columns is kept to, but by a command', (columns) => {
    for (const verbose of [false, true]) {
      const lines = renderDiagnosis(wide, view({ columns, verbose }));
      const broken = lines.filter((one) => !one.some(({ isWhole }) => isWhole === true));
      expect(Math.max(...broken.map((one) => lineWidth(one)))).toBeLessThanOrEqual(columns);
    }
  });

  it.each([40, 60, 80, 120])('of %i columns breaks no command and no word', (columns) => {
    const text = paintLines(renderDiagnosis(wide, view({ columns })), false);
    expect(text).toMatch(/^ {15}(?:curl ){29}curl$/m);
    expect(text).toMatch(/^ {15}(?:homeport ){19}homeport$/m);
    for (const [word, count] of [
      ['name', 8],
      ['why', 30],
      ['all', 40],
      ['see', 30],
      ['hidden', 40],
    ] as const) {
      const found = text.match(new RegExp(`\\b${word}\\b`, 'g')) ?? [];
      expect(found.length).toBeGreaterThanOrEqual(count);
    }
  });

  it('loses nothing of what it says', () => {
    const text = paintLines(renderDiagnosis(wide, view({ columns: 40 })), false);
    expect(text.replace(/\s+/g, '').match(/x{200}/)).not.toBeNull();
  });

  it('has three lines for a line of a log, and all of them with --verbose', () => {
    const text = `connect ECONNREFUSED 127.0.0.1:3000 ${'field=value '.repeat(300)}`;
    const rows = (verbose: boolean) => {
      const asked = { ...wide, message: { ...message, text } };
      const shown = paintLines(renderDiagnosis(asked, view({ columns: 80, verbose })), false);
      return shown.split('\n').filter((row) => row.includes('field')).length;
    };
    expect(rows(false)).toBe(3);
    expect(rows(true)).toBeGreaterThan(40);
  });
});
