import { describe, expect, it } from 'vitest';
import { portTaken } from '../../src/diagnose/checks/bind/port-taken.ts';
import { unknown } from '../../src/model/known.ts';
import { soundAsker, type Told } from '../support/diagnosis-facts.ts';
import { bindFacts, findingOf, held, listening, node, shell } from './checks/bind-facts.ts';

const at = '127.0.0.1:3000';
const [free, sudo] = [`homeport free ${at}`, `sudo homeport free ${at}`];

const actionsOf = (told: Told, asked = at) => findingOf(portTaken, bindFacts(asked, told)).actions;

describe('homeport free', () => {
  it('comes before every other way, and says that it asks', () => {
    const [first] = actionsOf(held([[4242]], [node(4242), shell]));
    expect(first).toEqual({
      label: 'free the port: see the plan first, it asks before it does anything',
      changes: 'who holds it is stopped, if you agree to the plan',
      command: free,
    });
  });

  it('names a shared endpoint once, and UDP as such', () => {
    const shared = held([[4242], [4243]], [node(4242), node(4243), shell]);
    expect(actionsOf(shared)[0]?.command).toBe(free);
    const udp = held([[4242]], [node(4242), shell], {
      sockets: [listening(70, '127.0.0.1', 3000, { transport: 'udp', state: 'close' })],
    });
    expect(actionsOf(udp, `udp://${at}`)[0]?.command).toBe(`homeport free udp://${at}`);
  });

  it.each<[string, string, Told]>([
    [
      'a holder that may not be seen',
      sudo,
      held([[]], [], { snapshot: { unreadableProcesses: 1 } }),
    ],
    [
      'a service of the system',
      sudo,
      held([[4242]], [node(4242, 1, { uid: 33, cgroup: '/system.slice/web.service' })]),
    ],
    [
      "a user's service",
      free,
      held(
        [[4242]],
        [
          node(4242, 1, {
            cgroup: '/user.slice/user-1000.slice/user@1000.service/app.slice/web.service',
          }),
        ],
      ),
    ],
    [
      'workers of another user below a process of our own',
      free,
      held([[4242, 4243]], [node(4242), node(4243, 4242, { uid: 33 }), shell]),
    ],
    [
      'what nobody knows the user of',
      free,
      held([[4242]], [node(4242, 900, { uid: unknown('denied') }), shell]),
    ],
  ])('takes the right that it needs for %s', (_, command, told) => {
    expect(actionsOf(told)[0]).toMatchObject({ command });
    expect(actionsOf(told)[0]?.needsRoot).toBe(command === sudo ? true : undefined);
  });

  it.each<[string, Told]>([
    ['what another user started', held([[4242]], [node(4242, 900, { uid: 33 }), shell])],
    [
      'one of two that share the port',
      held([[4242], [4243]], [node(4242), node(4243, 900, { uid: 33 }), shell]),
    ],
    [
      'the same to root',
      held([[4242]], [node(4242), shell], { facts: { asker: { ...soundAsker, uid: 0 } } }),
    ],
  ])('is not offered where it would refuse: %s', (_, told) => {
    expect(actionsOf(told).map(({ command }) => command)).not.toContain(free);
    expect(actionsOf(told).map(({ command }) => command)).not.toContain(sudo);
  });
});
