import { expect, test } from 'vitest';
import { main } from '../../../src/faces/cli/main.ts';
import { commandLine } from '../../../src/faces/cli/generated/verbs.ts';
import { displayWidth } from '../../../src/faces/cli/text/width.ts';
import { memoryIo } from './support/memory-io.ts';

const help = async (...argv: string[]): Promise<string> => {
  const io = memoryIo();
  expect(await main(argv, io)).toBe(0);
  expect(io.written.err).toBe('');
  return io.written.out;
};

const names = commandLine.verbs.map(({ name }) => name);

test.each([[], ...names.map((name) => [name])])('help %s fits 80 columns', async (...argv) => {
  const text = await help('help', ...argv);
  expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
});

test.each(names)('%s --help has each of its flags and examples', async (name) => {
  const text = await help(name, '--help');
  const verb = commandLine.verbs.find((candidate) => candidate.name === name);
  for (const flag of verb?.flags ?? []) expect(text).toContain(`--${flag.name}`);
  for (const { command } of verb?.examples ?? []) expect(text).toContain(command);
  expect(text).toBe(await help('help', name));
});

test('--help alone lists every verb and exit code', async () => {
  const text = await help('--help');
  for (const name of names) expect(text).toMatch(new RegExp(`^  ${name} `, 'm'));
  expect(text).toContain('  70  a fault of Homeport itself');
});

test('help of a verb that is none suggests one', async () => {
  const io = memoryIo();
  expect(await main(['help', 'explan'], io)).toBe(2);
  expect(io.written.err).toBe(
    'homeport: no verb is called explan\nhint: did you mean homeport explain?\n',
  );
});
