import { expect, test } from 'vitest';
import { explainTarget } from '../../src/explain/explain-target.ts';
import { judgeProcesses } from '../../src/explain/judgement.ts';
import { indexSnapshot } from '../../src/explain/snapshot-index.ts';
import { takeSnapshot } from '../../src/host/snapshot.ts';
import { parseTarget } from '../../src/model/parse-target.ts';
import { hostOf, oneProcess, socket } from '../support/scene.ts';

const query = { states: 'all', unix: false, otherNamespaces: false, holdersOf: 'all' } as const;

/** Explains 127.0.0.1:8092 where TCP ports 8092 and 8093 and UDP port 8092 are bound on ::1. */
const explained = async (input: string) => {
  const bound = (inode: number, port: number) =>
    socket(inode, { family: 'ipv6', local: { address: '::1', port } });
  const datagram = socket(30, {
    transport: 'udp',
    state: 'close',
    local: { address: '::1', port: 8092 },
  });
  const { host } = hostOf({
    sockets: [[bound(10, 8092), bound(20, 8093), datagram]],
    holders: [{}],
    processes: [],
  });
  const snapshot = await takeSnapshot(host, query, new AbortController().signal, () => 0);
  const judgement = judgeProcesses(indexSnapshot(snapshot));
  return explainTarget(parseTarget(input), ['127.0.0.1'], judgement);
};

test('who has the port at another address is told, by transport where one was named', async () => {
  const { state, listeners, elsewhere } = await explained('127.0.0.1:8092');
  expect([state, listeners]).toEqual(['free', []]);
  expect(elsewhere).toMatchObject([
    { transport: 'tcp', address: '::1', port: 8092 },
    { transport: 'udp', address: '::1', port: 8092 },
  ]);
  expect((await explained('udp://127.0.0.1:8092')).elsewhere).toMatchObject([{ transport: 'udp' }]);
});

test('nobody is elsewhere where all of them answer', async () => {
  expect((await explained('127.0.0.1:9999')).elsewhere).toEqual([]);
});

test('a process that holds what another one accepts is itself the answer to its pid', async () => {
  const [master, worker] = [oneProcess(51, 1, { comm: 'web' }), oneProcess(62, 51)];
  const { host } = hostOf({
    sockets: [[socket(10)]],
    holders: [{ 10: [51, 62] }],
    processes: [master, worker],
  });
  const snapshot = await takeSnapshot(host, query, new AbortController().signal, () => 0);
  const judgement = judgeProcesses(indexSnapshot(snapshot));
  for (const { pid } of [master, worker]) {
    const { state, owner } = explainTarget(parseTarget(`pid:${pid}`), null, judgement);
    expect([state, owner]).toMatchObject(['listening', { process: { pid } }]);
  }
});
