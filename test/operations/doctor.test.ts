import { expect, test, vi } from 'vitest';
import { machineChecks } from '../../src/diagnose/checks/machine/registry.ts';
import { openHost } from '../../src/host/open-host.ts';
import { doctor } from '../../src/operations/doctor.ts';
import { takeSnapshot } from '../../src/operations/take-snapshot.ts';
import { hostOf } from '../support/scene.ts';

const { signal } = new AbortController();
const ids = machineChecks.map(({ id }) => id);

test('every check of this machine is told', async () => {
  const { checks, takenAt } = await doctor({ host: openHost(), signal, now: Date.now }, {});
  expect(checks.map(({ id }) => id)).toEqual(ids);
  expect(Number.isNaN(Date.parse(takenAt))).toBe(false);
});

test('it connects to nobody but itself, once in each family', async () => {
  const loopbackTrip = vi.fn(async (family: 'ipv4' | 'ipv6') => ({
    family,
    outcome: 'made' as const,
    code: null,
    durationMs: 1,
  }));
  const dial = vi.fn();
  const { host } = hostOf({ sockets: [[]], holders: [{}], processes: [] }, { loopbackTrip, dial });
  await doctor({ host, signal, now: () => 0 }, {});
  expect(loopbackTrip.mock.calls.map(([family]) => family)).toEqual(['ipv4', 'ipv6']);
  expect(dial).not.toHaveBeenCalled();
});

test('a snapshot is judged without a look at this machine', async () => {
  const snapshot = await takeSnapshot({ host: openHost(), signal, now: Date.now }, {});
  const health = await doctor({ snapshot, signal, now: Date.now }, {});
  expect(health.takenAt).toBe(snapshot.takenAt);
  expect(health.checks.map(({ id }) => id)).toEqual(ids);
  const of = (id: string) => health.checks.find((one) => one.id === id)?.result;
  expect(of('loopback-up')).toBe('pass');
  expect(of('loopback-trip')).not.toBe('pass');
  expect(of('localhost-resolves-here')).toBe('unknown');
});

test('an abort ends it with its reason', async () => {
  const reason = new Error('Ctrl-C');
  const context = { host: openHost(), signal: AbortSignal.abort(reason), now: Date.now };
  await expect(doctor(context, {})).rejects.toBe(reason);
});
