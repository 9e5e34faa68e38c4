import { describe, expect, it } from 'vitest';
import { confirm } from '../../../src/faces/cli/confirm.ts';
import type { Invocation } from '../../../src/faces/cli/invocation.ts';
import { memoryInput, memoryIo } from './support/memory-io.ts';

const invocation = (...flags: readonly string[]): Invocation => ({
  verb: 'port',
  typed: true,
  positionals: ['gc'],
  flags: new Map(flags.map((flag) => [flag, true] as const)),
});

/** A terminal at which this is typed. */
const typing = (...pieces: readonly string[]) =>
  memoryIo({ columns: 80, rows: 24 }, {}, { ...memoryInput(pieces), isTerminal: () => true });

describe('a plan that has been shown', () => {
  it.each<[string, readonly string[], boolean]>([
    ['y', ['y\n'], true],
    ['yes, in pieces', ['Y', 'ES', '\r\n'], true],
    ['n', ['n\n'], false],
    ['nothing', ['\n'], false],
    ['another word', ['yesterday\n'], false],
    ['the end of input', [], false],
    ['y on the second line', ['\ny\n'], false],
  ])('answered with %s', async (_, pieces, expected) => {
    const io = typing(...pieces);
    expect(await confirm('Remove them?', invocation(), io)).toBe(expected);
    expect(io.written).toMatchObject({ out: '', err: 'Remove them? [y/N] ' });
  });

  it('is run without a question by --yes, and never by --dry-run', async () => {
    const io = typing('n\n');
    expect(await confirm('?', invocation('yes'), io)).toBe(true);
    expect(await confirm('?', invocation('dry-run'), io)).toBe(false);
    expect(await confirm('?', invocation('yes', 'dry-run'), io)).toBe(false);
    expect(io.written.err).toBe('');
  });

  it.each([
    ['the input is no terminal', memoryIo({ columns: 80, rows: 24 }, {}, memoryInput(['y\n'])), []],
    ['the output is no terminal', memoryIo(null), []],
    ['a program reads the answer', typing('y\n'), ['json']],
  ])('is refused where %s', async (_, io, flags) => {
    await expect(confirm('?', invocation(...flags), io)).rejects.toMatchObject({
      code: 'refused',
      hint: expect.stringContaining('--yes'),
    });
  });
});
