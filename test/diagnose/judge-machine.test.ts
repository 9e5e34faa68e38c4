import { expect, test } from 'vitest';
import { machineChecks } from '../../src/diagnose/checks/machine/registry.ts';
import type { MachineFacts } from '../../src/diagnose/facts.ts';
import { judgeMachine } from '../../src/diagnose/judge-machine.ts';
import { machineFacts, soundInterfaces } from '../support/diagnosis-facts.ts';

test('a sound machine is sound, by every check', () => {
  const { sound, checks, findings, problems } = judgeMachine(machineFacts());
  expect({ sound, findings, problems }).toEqual({ sound: true, findings: [], problems: [] });
  expect(checks.map(({ id }) => id)).toEqual(machineChecks.map(({ id }) => id));
});

test('what is wrong makes it unsound', () => {
  const interfaces = soundInterfaces.map((one) => ({ ...one, up: !one.loopback }));
  const { sound, findings } = judgeMachine(machineFacts({ snapshot: { interfaces } }));
  expect(sound).toBe(false);
  expect(findings.map(({ id }) => id)).toContain('loopback-up');
});

test('what a person should merely know does not', () => {
  const hostsFile = {
    path: '/etc/hosts',
    entries: [{ line: 1, address: '127.0.0.1', names: ['localhost'] }],
  };
  const facts = machineFacts({
    network: { hostsFile },
    facts: { localhost: [{ family: 'ipv4', address: '127.0.0.1' }] },
  });
  const { sound, findings } = judgeMachine(facts);
  expect(findings.map(({ severity }) => severity)).toEqual(['notice']);
  expect(sound).toBe(true);
});

test('a check that fails to judge leaves open whether it is sound', () => {
  // What a check never expects, as a fault in a reader would bring it.
  const facts: MachineFacts = {
    ...machineFacts(),
    get trips(): never {
      throw new Error('unreadable');
    },
  };
  const { sound, problems, checks } = judgeMachine(facts);
  expect(sound).toBe(false);
  expect(problems.length).toBeGreaterThan(0);
  expect(checks.filter(({ result }) => result === 'error')).toHaveLength(problems.length);
});
