import { describe, expect, it } from 'vitest';
import { contradictionsOf } from '../../src/diagnose/contradictions.ts';
import type { EndpointFacts } from '../../src/diagnose/facts.ts';
import type { DialAttempt, Symptom } from '../../src/model/diagnosis.ts';
import type { FailureClass } from '../../src/model/failure.ts';
import { unknown } from '../../src/model/known.ts';
import { endpointFacts, type Told } from '../support/diagnosis-facts.ts';
import { socket } from '../support/scene.ts';

const dialled = (outcome: DialAttempt['outcome'], address = '127.0.0.1'): DialAttempt => ({
  address,
  port: 3000,
  outcome,
  code: null,
  durationMs: 1,
});

const listener = socket(10, { local: { address: '127.0.0.1', port: 3000 } });

const told = (failure: FailureClass, role: Symptom['role'] = 'client'): Symptom => ({
  class: failure,
  role,
  from: 'message',
});

const contradictions = (facts: Partial<EndpointFacts>, more: Told = { sockets: [listener] }) =>
  contradictionsOf(endpointFacts('127.0.0.1:3000', { ...more, facts }));

describe('a message that tells of a failed connection', () => {
  it.each(['connection-refused', 'timeout', 'unreachable', 'address-not-available'] as const)(
    '%s, and now it accepts',
    (failure) => {
      const [only, ...more] = contradictions({
        symptom: told(failure),
        attempts: [dialled('connected')],
      });
      expect(more).toEqual([]);
      expect(only).toMatch(
        /^The message says that .*; 127\.0\.0\.1:3000 accepts connections now\.$/,
      );
    },
  );

  it('does not contradict what happens after a connection was made', () => {
    expect(
      contradictions({ symptom: told('connection-reset'), attempts: [dialled('connected')] }),
    ).toEqual([]);
  });

  it('does not contradict one address that accepts where another one refuses', () => {
    const attempts = [dialled('connected'), dialled('refused', '::1')];
    expect(contradictions({ symptom: told('connection-refused'), attempts })).toEqual([]);
  });

  it('does not contradict what was not tried', () => {
    expect(contradictions({ symptom: told('connection-refused'), attempts: [] })).toEqual([]);
  });
});

describe('a message that tells of a failed bind', () => {
  const symptom = told('address-in-use', 'server');

  it('contradicts an address that can be bound now', () => {
    expect(contradictions({ symptom, bindTrial: { reusing: null, plain: null } })).toEqual([
      'The message says that the address is already in use; 127.0.0.1:3000 can be bound now.',
    ]);
  });

  it.each([{ reusing: 'EADDRINUSE', plain: 'EADDRINUSE' }, unknown('unsupported'), null])(
    'does not contradict a trial that says %j',
    (bindTrial) => {
      expect(contradictions({ symptom, bindTrial })).toEqual([]);
    },
  );
});

describe('the sockets', () => {
  const symptom: Symptom = { class: 'none', role: 'unknown', from: 'nothing' };

  it('know no listener where a connection is made', () => {
    const [only] = contradictions({ symptom, attempts: [dialled('connected')] }, {});
    expect(only).toMatch(/^A connection is made, and no listener of this machine was seen/);
  });

  it('know none of another machine', () => {
    const attempts = [dialled('connected', '203.0.113.7')];
    const addresses = ['203.0.113.7'];
    expect(contradictions({ symptom, attempts, addresses }, {})).toEqual([]);
  });

  it('may lack some where the kernel tells less', () => {
    const more = { snapshot: { backend: 'procfs' } } as const;
    expect(contradictions({ symptom, attempts: [dialled('connected')] }, more)).toEqual([]);
  });

  it('know a listener where connecting is refused', () => {
    const [only] = contradictions({ symptom, attempts: [dialled('refused')] });
    expect(only).toMatch(/^A listener was seen there, and connecting is refused/);
  });

  it('know only a datagram socket, which refuses no connection', () => {
    const sockets = [{ ...listener, transport: 'udp', state: 'close' } as const];
    expect(contradictions({ symptom, attempts: [dialled('refused')] }, { sockets })).toEqual([]);
  });
});
