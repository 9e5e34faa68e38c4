import { describe, expect, test } from 'vitest';
import { unknown } from '../../../src/model/known.ts';
import { planToFree } from '../../../src/ports/freeing/plan-to-free.ts';
import { listenerOf } from '../../explain/next-facts.ts';
import { processOf, type Link } from '../../explain/origin-facts.ts';
import { containerOf, factsOf, holderOf, type Why } from './freeing-facts.ts';

const server: Link = { run: 'node server.js', pid: 100 };

describe('refusals', () => {
  const refusals = (...made: Parameters<typeof factsOf>) =>
    planToFree(factsOf(...made)).refusals.map(({ id, pid }) => [id, pid]);

  test.each<[string, Link, readonly unknown[][]]>([
    ['init', { run: '/sbin/init', pid: 1, ppid: 0 }, [['init', 1]]],
    ['ourselves', { run: 'homeport', pid: 9000 }, [['ourselves', 9000]]],
    ['an ancestor', { run: 'bash', pid: 8000 }, [['ancestor', 8000]]],
    ["the session's sshd", { run: 'sshd', pid: 8000 }, [['ssh-server', 8000]]],
    ['any sshd', { run: 'sshd', pid: 100 }, [['ssh-server', 100]]],
    ["another user's", { ...server, uid: 33, user: 'www-data' }, [['other-user', 100]]],
    ['a user that is not known', { ...server, uid: unknown('denied') }, [['other-user', 100]]],
    ['a kernel thread', { run: 'nfsd', pid: 100, kernelThread: true }, [['kernel-thread', 100]]],
    ['nothing of all this', server, []],
  ])('%s', (_, link, expected) => {
    expect(refusals(holderOf([link]))).toEqual(expected);
  });

  test('workers that root has stepped down are its own', () => {
    const held = holderOf([{ run: 'nginx', pid: 100, uid: 0, user: 'root', session: 100 }]);
    const worker = processOf({
      run: 'nginx',
      pid: 101,
      ppid: 100,
      uid: 33,
      session: 100,
      startTicks: 200,
    });
    const processes = [...held.processes, worker];
    const self = { pid: 9000, ancestors: [], uids: [0] };
    expect(refusals(held, { processes, self })).toEqual([]);
  });

  test('what listens in another namespace', () => {
    const elsewhere = [listenerOf({ namespace: 'net:[2]' })];
    const facts = factsOf(holderOf([server]), { elsewhere, listeners: [], holders: [] });
    expect(planToFree(facts)).toMatchObject({
      state: 'held',
      steps: [],
      refusals: [{ id: 'other-namespace' }],
    });
  });

  test('Kubernetes, unknown engines, a proxy of an unknown container', () => {
    const refusedFor = (why: Why, container = containerOf({ engine: 'lxc' })) =>
      refusals(holderOf([server], [why], { container }));
    expect(refusedFor(['kubernetes', 0])).toEqual([['no-right-way', 100]]);
    expect(refusedFor(['container', 0])).toEqual([['no-right-way', 100]]);
    const alone = holderOf([server], [['published-port', 0]]);
    expect(refusals(alone)).toEqual([['no-right-way', 100]]);
  });

  test('a managed ssh server is one too', () => {
    const held = holderOf(
      [{ run: 'sshd', pid: 100, cgroup: '/system.slice/ssh.service' }],
      [['systemd-unit', 0]],
    );
    expect(refusals(held)).toEqual([['ssh-server', 100]]);
  });
});
