import { expect, test } from 'vitest';
import { explain } from '../../src/operations/explain.ts';
import { listListeners } from '../../src/operations/list-listeners.ts';
import { takeSnapshot } from '../../src/operations/take-snapshot.ts';
import { soundNetwork } from '../support/diagnosis-facts.ts';
import { hostOf } from '../support/scene.ts';

const firewall = { chains: [], notes: ['as read'] };

/** A machine on which nothing runs, and what was asked of it. */
const machine = () => {
  const { host, asked } = hostOf(
    { sockets: [[]], holders: [{}], processes: [] },
    {
      firewall: async () => {
        asked.push('firewall');
        return firewall;
      },
    },
  );
  const context = { host, signal: new AbortController().signal, now: () => 0 };
  return { context, networkAsked: () => asked.filter((one) => /^(?:network|firewall)/.test(one)) };
};

test('a snapshot holds the network and the packet filter, so that it can be diagnosed', async () => {
  const { context } = machine();
  expect((await takeSnapshot(context, {})).network).toEqual({ ...soundNetwork, firewall });
});

test('a listing and an explanation do not wait for either', async () => {
  const { context, networkAsked } = machine();
  await listListeners(context, {});
  await explain(context, { target: '3000' });
  expect(networkAsked()).toEqual([]);
});
