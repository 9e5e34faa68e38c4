import { expect, it } from 'vitest';
import { actionLines } from '../../../../src/faces/cli/render/diagnosis/action-lines.ts';
import { paintLines } from '../../../../src/faces/cli/text/line.ts';
import type { Action } from '../../../../src/model/finding.ts';

const shown = (actions: readonly Action[], columns: number | null = 60): string =>
  paintLines(actionLines(actions, columns), false);

const look = { label: 'see what it is', command: 'homeport explain pid:4242' };
const write = { label: 'write `server.host` in vite.config.js', command: null };
const allow = { label: 'allow it', command: 'sudo sysctl -w x=80', needsRoot: true };
const stop = { label: 'end it', command: 'kill 4242', changes: 'what is not saved may be lost' };

it('puts short ones in a line each, the labels one below the other', () => {
  expect(shown([look, write, allow])).toBe(`\
→ homeport explain pid:4242  see what it is
→ write \`server.host\` in vite.config.js
→ sudo sysctl -w x=80        allow it (root)
`);
});

it('takes each apart where one changes anything', () => {
  expect(shown([stop, look, write, allow])).toBe(`\
→ end it
    kill 4242
    changes: what is not saved may be lost
→ see what it is
    homeport explain pid:4242
→ write \`server.host\` in vite.config.js
→ allow it (root)
    sudo sysctl -w x=80
`);
});

it('takes each apart where one has no room, and breaks no command', () => {
  const long = { label: 'ask it', command: `curl ${'x'.repeat(80)}` };
  for (const columns of [30, 60, null]) {
    expect(shown([look, { ...long, command: `${long.command}${'y'.repeat(20)}` }], columns)).toBe(
      `→ see what it is\n    homeport explain pid:4242\n→ ask it\n    ${long.command}${'y'.repeat(20)}\n`,
    );
  }
});

it('is nothing for nothing to do', () => {
  expect(shown([])).toBe('');
});
