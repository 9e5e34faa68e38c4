import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { machineChecks } from '../../../src/diagnose/checks/machine/registry.ts';
import { judgeMachine } from '../../../src/diagnose/judge-machine.ts';
import { unknown } from '../../../src/model/known.ts';
import { machineFacts } from '../../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../../support/scene.ts';

const folder = join(import.meta.dirname, '../../../src/diagnose/checks/machine');

test('every file of the folder is a check of its name, listed once', () => {
  const files = readdirSync(folder).filter((name) => name !== 'registry.ts');
  expect(machineChecks.map(({ id }) => `${id}.ts`).toSorted()).toEqual(files.toSorted());
});

describe('on a sound machine', () => {
  const serving = machineFacts({
    sockets: [socket(3000, { acceptQueue: { length: 0, limit: 511 } })],
    holders: { 3000: [42] },
    processes: [oneProcess(42, 1, { files: { open: 20, limit: 1024 } })],
    network: { conntrack: { used: 10, limit: 1000 } },
  });
  const { sound, checks, findings, problems } = judgeMachine(serving);

  test('no check fails', () => {
    expect({ sound, findings, problems }).toEqual({ sound: true, findings: [], problems: [] });
  });

  test.each(checks)('$id passes and says what it saw', ({ result, fact }) => {
    expect(result).toBe('pass');
    expect(fact).toMatch(/^[^\n]{5,120}[^.]$/);
  });
});

test('what an old snapshot does not hold is unknown, never passed and never a failure', () => {
  const told = unknown('unsupported', 'the snapshot is too old');
  const facts = { network: told, asker: told, localhost: told, fileWatches: told, trips: [] };
  const { checks, findings, problems } = judgeMachine(machineFacts({ facts }));
  expect({ findings, problems }).toEqual({ findings: [], problems: [] });
  const passed = checks.filter(({ result }) => result === 'pass').map(({ id }) => id);
  expect(passed).toEqual([
    'loopback-up',
    'ipv4-loopback-address',
    'ipv6-loopback-address',
    'ephemeral-ports-room',
    'time-wait-flood',
    'unprivileged-ports',
    'ephemeral-range-and-servers',
  ]);
});
