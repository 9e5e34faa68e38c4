import { describe, expect, it, test, vi } from 'vitest';
import type { Host } from '../../src/host/host.ts';
import { unknown } from '../../src/model/known.ts';
import { why } from '../../src/operations/why.ts';
import type { WhyInput } from '../../src/operations/why.schema.ts';
import { freePort } from '../support/free-port.ts';
import { hostOf, oneProcess, type Scene, socket } from '../support/scene.ts';
import { ask, http, serve, thisMachine } from './asking.ts';

const { signal } = new AbortController();

describe('something that is not named by its endpoint', () => {
  it('a process is asked for where it listens', async () => {
    const scene: Scene = {
      sockets: [
        [
          socket(10, { local: { address: '127.0.0.1', port: 3000 } }),
          socket(20, { local: { address: '0.0.0.0', port: 9229 } }),
          socket(30, {
            transport: 'udp',
            state: 'close',
            local: { address: '127.0.0.1', port: 53 },
          }),
        ],
      ],
      holders: [{ 10: [101], 20: [101], 30: [101] }],
      processes: [oneProcess(101, 1, { comm: 'shop', argv: ['shop'] })],
    };
    const { host } = hostOf(scene);
    const context = { host, signal, now: () => 0 };
    for (const target of ['pid:101', 'name:shop', 'shop']) {
      const diagnosis = await why(context, { target, probe: false });
      expect(diagnosis.target).toMatchObject({ address: '127.0.0.1', port: 3000 });
      expect(diagnosis.problems.map(({ detail }) => detail)).toEqual([
        'it listens on 127.0.0.1:9229 too, which was not looked at',
      ]);
    }
  });

  it('this very process, for real', async () => {
    const { port } = await serve('127.0.0.1', http());
    const { target, verdict } = await ask({ target: `pid:${process.pid}` });
    expect(verdict).toBe('works');
    expect(target?.port).toBeGreaterThan(0);
    expect(port).toBeGreaterThan(0);
  });

  it.each([
    ['pid:4194304', /nothing that pid:4194304 means listens on a TCP port/],
    ['name:no-such-program-here', /nothing that name:no-such-program-here means/],
    ['unix:/run/x.sock', /why asks about TCP endpoints/],
  ])('%s is refused with a hint', async (target, message) => {
    await expect(ask({ target })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
  });
});

describe('a message', () => {
  it('of several endpoints is about the first, and the others are told', async () => {
    const port = await freePort();
    const message = `connect ECONNREFUSED 127.0.0.1:${port}\nconnect ECONNREFUSED 192.0.2.1:5432`;
    const diagnosis = await ask({ message, probe: false });
    expect(diagnosis).toMatchObject({
      verdict: 'explained',
      symptom: { class: 'connection-refused', role: 'client', from: 'message' },
      target: { address: '127.0.0.1', port },
    });
    expect(diagnosis.problems.map(({ detail }) => detail)).toContain(
      'the message blames 192.0.2.1:5432 too, which was not looked at',
    );
  });

  it.each([
    ['::1', '127.0.0.1'],
    ['127.0.0.1', '::1'],
  ])('of Node’s AggregateError tries %s, then %s', async (first, second) => {
    const port = await freePort();
    const message = `AggregateError [ECONNREFUSED]: \n  Error: connect ECONNREFUSED ${first}:${port}\n  Error: connect ECONNREFUSED ${second}:${port}`;
    const { target, attempts, stages } = await ask({ message });
    expect(target).toMatchObject({ host: 'localhost', port });
    expect(attempts.map(({ address }) => address)).toEqual([first, second]);
    expect(stages.find(({ id }) => id === 'name')?.result).toBe('pass');
  });

  it('that does not hold any more is contradicted', async () => {
    const { port } = await serve();
    const { contradictions } = await ask({ message: `connect ECONNREFUSED 127.0.0.1:${port}` });
    expect(contradictions).toEqual([
      `The message says that the connection is refused; 127.0.0.1:${port} accepts connections now.`,
    ]);
  });

  it('of a failed bind connects to nobody', async () => {
    const { port, connections } = await serve();
    const message = `Error: listen EADDRINUSE: address already in use :::${port}`;
    const diagnosis = await ask({ message });
    expect(diagnosis).toMatchObject({ verdict: 'explained', attempts: [] });
    expect(diagnosis.causes[0]?.title).toContain(`pid ${process.pid}`);
    expect(connections).toEqual([]);
  });

  it('without an endpoint is judged by the machine alone', async () => {
    const diagnosis = await ask({ message: 'getaddrinfo EMFILE: too many open files' });
    expect(diagnosis).toMatchObject({
      target: null,
      symptom: { class: 'too-many-files', from: 'message' },
      stages: [],
      attempts: [],
      listeners: [],
    });
    expect(diagnosis.checks.length).toBeGreaterThan(10);
  });

  it.each(['', 'Server listening on port 3000', 'all is well\n'])(
    'that tells of nothing is told to be so: %j',
    async (message) => {
      const sockets = vi.fn();
      expect(await ask({ message }, { sockets })).toMatchObject({
        verdict: 'nothing-told',
        checks: [],
        stages: [],
      });
      expect(sockets).not.toHaveBeenCalled();
    },
  );
});

describe('targets of every form', () => {
  it('a port alone means both loopback addresses', async () => {
    const port = await freePort();
    const { attempts } = await ask({ target: `${port}` });
    expect(attempts.map(({ address }) => address)).toEqual(['127.0.0.1', '::1']);
  });

  it.each([
    ['0.0.0.0', '127.0.0.1'],
    ['[::]', '::1'],
  ])('%s is tried as %s', async (host, address) => {
    const port = await freePort();
    const { attempts } = await ask({ target: `${host}:${port}` });
    expect(attempts).toMatchObject([{ address, outcome: 'refused' }]);
  });

  it('a zone must be an interface', async () => {
    await expect(ask({ target: '[fe80::1%nope]:80' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'no such interface: nope',
    });
  });

  it('UDP is never asked', async () => {
    const dial = vi.fn();
    const diagnosis = await ask({ target: `udp:${await freePort()}` }, { dial });
    expect(diagnosis).toMatchObject({
      verdict: 'explained',
      attempts: [],
      symptom: { class: 'connection-refused', from: 'sockets' },
    });
    expect(dial).not.toHaveBeenCalled();
  });

  it('port 0 is nobody’s and never asked', async () => {
    const dial = vi.fn();
    const diagnosis = await ask({ target: 'localhost:0' }, { dial });
    expect(diagnosis).toMatchObject({ attempts: [], protocol: { why: 'no port is named' } });
    expect(diagnosis.verdict).not.toBe('works');
    expect(dial).not.toHaveBeenCalled();
  });

  it('a name that does not resolve is what fails', async () => {
    const diagnosis = await ask({ target: 'no-such-name.invalid:80' });
    expect(diagnosis).toMatchObject({
      verdict: 'explained',
      symptom: { class: 'name-not-resolved', role: 'client', from: 'attempt' },
      attempts: [],
    });
    expect(diagnosis.causes[0]).toMatchObject({ id: 'name-unknown', explains: true });
  });

  it('a resolver that does not answer fails a name too', async () => {
    const resolve = async () => unknown('unsupported', 'the resolver could not answer (EAI_AGAIN)');
    const diagnosis = await ask({ target: 'db.test:80' }, { resolve });
    expect(diagnosis.symptom.class).toBe('name-not-resolved');
    expect(diagnosis.stages[0]).toMatchObject({
      result: 'unknown',
      summary: 'db.test: the resolver could not answer (EAI_AGAIN)',
    });
  });
});

test.each<[WhyInput]>([[{}], [{ target: '1', message: 'x' }]])('%j is refused', async (input) => {
  await expect(ask(input)).rejects.toMatchObject({ code: 'invalid-input', hint: 'one of both' });
});

test('an abort ends it with its reason', async () => {
  const abort = new AbortController();
  const resolve: Host['resolve'] = () => {
    abort.abort(new Error('Ctrl-C'));
    return new Promise(() => {});
  };
  const asking = why(thisMachine({ resolve }, abort.signal), { target: 'db.test:80' });
  await expect(asking).rejects.toThrow('Ctrl-C');
});
