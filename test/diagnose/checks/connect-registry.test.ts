import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectChecks } from '../../../src/diagnose/checks/connect/registry.ts';
import { judgeChecks } from '../../../src/diagnose/judge-checks.ts';
import { unknown } from '../../../src/model/known.ts';
import { endpointFacts } from '../../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../../support/scene.ts';

const folder = join(import.meta.dirname, '../../../src/diagnose/checks/connect');
const place = (id: string): number => connectChecks.findIndex((check) => check.id === id);

test('every file of the folder is a check of its name, listed once', () => {
  const files = readdirSync(folder).filter((name) => name !== 'registry.ts');
  expect(connectChecks.map(({ id }) => `${id}.ts`).toSorted()).toEqual(files.toSorted());
});

describe('what is told first', () => {
  test.each([
    ['name-points-elsewhere', 'address-not-here'],
    ['interface-down', 'no-route'],
    ['no-route', 'address-not-here'],
    ['other-family', 'nothing-listens'],
    ['container-not-published', 'nothing-listens'],
    ['moved-port', 'nothing-listens'],
    ['ended-lately', 'nothing-listens'],
    ['reuseport-stranger', 'wrong-protocol'],
    ['more-specific-listener', 'tls-to-http'],
    ['process-stopped', 'accept-queue-full'],
    ['open-file-limit', 'not-accepting'],
    ['accept-queue-full', 'not-accepting'],
    ['not-accepting', 'closed-by-server'],
    ['container-port-silent', 'closed-by-server'],
  ])('%s stands before %s', (first, second) => {
    expect(place(first)).toBeGreaterThan(-1);
    expect(place(first)).toBeLessThan(place(second));
  });
});

test('nothing is found where a server accepts at the address that is asked', () => {
  const facts = endpointFacts('127.0.0.1:3000', {
    sockets: [
      socket(10, {
        local: { address: '127.0.0.1', port: 3000 },
        acceptQueue: { length: 0, limit: 511 },
      }),
    ],
    holders: { 10: [101] },
    processes: [oneProcess(101, 1, { files: { open: 20, limit: 1024 } })],
    facts: {
      symptom: { class: 'none', role: 'unknown', from: 'nothing' },
      attempts: [
        { address: '127.0.0.1', port: 3000, outcome: 'connected', code: null, durationMs: 1 },
      ],
    },
  });
  const { findings, problems } = judgeChecks(connectChecks, facts);
  expect({ findings, problems }).toEqual({ findings: [], problems: [] });
});

test('what an old snapshot does not hold makes no check fail by an error', () => {
  const told = unknown('unsupported', 'the snapshot is too old');
  const facts = endpointFacts('localhost:3000', {
    snapshot: { interfaces: [] },
    facts: { network: told, asker: told, localhost: told, trips: [] },
  });
  expect(judgeChecks(connectChecks, facts).problems).toEqual([]);
});
