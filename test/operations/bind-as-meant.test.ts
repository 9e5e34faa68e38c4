import { expect, it } from 'vitest';
import type { BindTrial } from '../../src/model/diagnosis.ts';
import { bindAsMeant } from '../../src/operations/bind-as-meant.ts';
import { bindFacts, free, inUse, listening } from '../diagnose/checks/bind-facts.ts';
import type { Told } from '../support/diagnosis-facts.ts';
import { hostOf } from '../support/scene.ts';

const signal = new AbortController().signal;

/** The transport that comes of it, and what was bound to find it. */
const meant = (message: string, udp: BindTrial, tcp: BindTrial | null = free, told: Told = {}) => {
  const { host, asked } = hostOf(
    { sockets: [[]], holders: [{}], processes: [] },
    { tryBind: ({ transport }) => (asked.push(transport), udp) },
  );
  const facts = bindFacts('127.0.0.1:3000', told, tcp);
  const { target, bindTrial } = bindAsMeant({ host, signal, now: Date.now }, facts, message);
  return { transport: target.transport, bindTrial, asked };
};

const words = 'Address already in use';

it('takes the transport that the message tells', () => {
  const udp = { transport: 'udp', bindTrial: inUse, asked: ['udp'] };
  expect(meant('listen udp :3000', inUse)).toEqual(udp);
  expect(meant('listen udp :3000', free)).toMatchObject({ transport: 'udp', bindTrial: free });
  expect(meant('listen tcp :3000', inUse)).toMatchObject({ transport: null, asked: [] });
});

it('takes UDP by itself where that alone is taken', () => {
  expect(meant(words, inUse).transport).toBe('udp');
  expect(meant(words, free).transport).toBeNull();
  expect(meant(words, inUse, inUse).transport).toBeNull();
});

it('asks the sockets where nothing may be tried', () => {
  const sockets = [listening(70, '127.0.0.1', 3000, { transport: 'udp', state: 'close' })];
  expect(meant(words, inUse, null, { sockets })).toEqual({
    transport: 'udp',
    bindTrial: null,
    asked: [],
  });
  expect(meant(words, inUse, null).transport).toBeNull();
});

it('leaves what is no bind as it is', () => {
  const facts = bindFacts('127.0.0.1:3000', {}, free, 'connection-refused');
  const { host } = hostOf({ sockets: [[]], holders: [{}], processes: [] });
  expect(bindAsMeant({ host, signal, now: Date.now }, facts, 'listen udp')).toBe(facts);
});
