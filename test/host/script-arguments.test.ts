import { expect, it } from 'vitest';
import { scriptArguments } from '../../src/host/linux/script-arguments.ts';

it.each([
  ['script', 'typescript', []],
  ['script session.log', 'session.log', []],
  ['script -qf session.log', 'session.log', []],
  ['script -qfc bash session.log', 'session.log', []],
  ['script -c bash', 'typescript', []],
  ['script -cbash out', 'out', []],
  ['script --command bash out', 'out', []],
  ['script --command=bash out', 'out', []],
  ['script -a -E never -o 1M -m advanced out', 'out', []],
  ['script -O out', 'out', []],
  ['script -qOout', 'out', []],
  ['script --log-out=a=b', 'a=b', []],
  ['script -B both', 'both', []],
  ['script -T time -I typed -O out', 'out', ['time', 'typed']],
  ['script --log-timing time --log-in=typed', 'typescript', ['time', 'typed']],
  ['script -t out', 'out', []],
  ['script -ttime out', 'out', ['time']],
  ['script --timing=time', 'typescript', ['time']],
  ['script out -- bash -c x', 'out', []],
  ['script -c', 'typescript', []],
])('%s', (command, output, others) => {
  expect(scriptArguments(command.split(' '))).toEqual({ output, others });
});
