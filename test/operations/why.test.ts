import { createServer } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import type { Host } from '../../src/host/host.ts';
import { openHost } from '../../src/host/open-host.ts';
import { takeSnapshot } from '../../src/operations/take-snapshot.ts';
import { why } from '../../src/operations/why.ts';
import { freePort } from '../support/free-port.ts';
import { socket } from '../support/scene.ts';
import { ask, disguisedAs, http, serve, thisMachine } from './asking.ts';

const { signal } = new AbortController();

describe('a server that answers', () => {
  it('works, and is told by name', async () => {
    const { port } = await serve('127.0.0.1', http());
    const diagnosis = await ask({ target: `127.0.0.1:${port}` });
    expect(diagnosis).toMatchObject({
      verdict: 'works',
      symptom: { class: 'none', from: 'nothing' },
      message: null,
      protocol: { status: 'identified', id: 'http1' },
      attempts: [{ address: '127.0.0.1', port, outcome: 'connected' }],
    });
    expect(diagnosis.answer).toContain(`pid ${process.pid}`);
    expect(diagnosis.stages.filter(({ result }) => result === 'fail')).toEqual([]);
  });

  it('is asked by the URL that it is named by', async () => {
    const { port } = await serve('127.0.0.1', http());
    const diagnosis = await ask({ target: `https://127.0.0.1:${port}/` });
    expect(diagnosis.symptom).toEqual({
      class: 'tls-on-http-port',
      role: 'client',
      from: 'attempt',
    });
    expect(diagnosis.causes[0]).toMatchObject({ id: 'tls-to-http', explains: true });
  });
});

describe('without a probe', () => {
  it('nothing is sent to a server', async () => {
    const { port, connections } = await serve();
    const diagnosis = await ask({ target: `127.0.0.1:${port}`, probe: false });
    expect(diagnosis).toMatchObject({ verdict: 'works', attempts: [] });
    expect(diagnosis.protocol).toEqual({ status: 'not-probed', why: 'not asked to' });
    expect(connections).toEqual([]);
  });

  it('nothing is bound for a message of a failed bind', async () => {
    const tryBind = vi.fn();
    const { port, connections } = await serve();
    const message = `Error: listen EADDRINUSE: address already in use 127.0.0.1:${port}`;
    const diagnosis = await ask({ message, probe: false }, { tryBind });
    expect(diagnosis.verdict).toBe('explained');
    expect(tryBind).not.toHaveBeenCalled();
    expect(connections).toEqual([]);
  });

  it('the sockets tell that nobody is there', async () => {
    const port = await freePort();
    const diagnosis = await ask({ target: `127.0.0.1:${port}`, probe: false });
    expect(diagnosis).toMatchObject({
      verdict: 'explained',
      symptom: { class: 'connection-refused', from: 'sockets' },
    });
    expect(diagnosis.causes[0]).toMatchObject({ explains: true, stage: 'listener' });
  });
});

describe('from a snapshot', () => {
  const snapshotOf = () => takeSnapshot(thisMachine(), {});

  it('tells who listens and who does not, and sends nothing', async () => {
    const { port, connections } = await serve();
    const nobody = await freePort();
    const snapshot = await snapshotOf();
    const context = { snapshot, signal, now: () => Date.parse(snapshot.takenAt) };
    const listening = await why(context, { target: `127.0.0.1:${port}` });
    expect(listening).toMatchObject({
      verdict: 'works',
      takenAt: snapshot.takenAt,
      protocol: { why: 'the facts come from a snapshot file' },
      listeners: [{ port }],
    });
    expect(await why(context, { target: `127.0.0.1:${nobody}` })).toMatchObject({
      verdict: 'explained',
      symptom: { class: 'connection-refused', from: 'sockets' },
    });
    expect(connections).toEqual([]);
  });

  it('knows no names', async () => {
    const snapshot = await snapshotOf();
    const context = { snapshot, signal, now: Date.now };
    const diagnosis = await why(context, { target: 'db.test:5432' });
    expect(diagnosis).toMatchObject({ verdict: 'works', attempts: [] });
    expect(diagnosis.stages[0]).toMatchObject({ id: 'name', result: 'unknown' });
    expect(diagnosis.answer).toBe('nothing is wrong with db.test:5432 as far as it was looked at');
  });

  it('says that an old one lacks the network', async () => {
    const { network: _, ...old } = await snapshotOf();
    const { problems } = await why({ snapshot: old, signal, now: Date.now }, { target: '3000' });
    expect(problems).toContainEqual({
      id: 'network-not-read',
      reason: 'unsupported',
      detail: 'the snapshot was taken without the network facts',
    });
  });

  it('explains a failed bind without trying it', async () => {
    const { port } = await serve();
    const snapshot = await snapshotOf();
    const diagnosis = await why(
      { snapshot, signal, now: Date.now },
      { message: `bind: address already in use: 127.0.0.1:${port}` },
    );
    expect(diagnosis.verdict).toBe('explained');
    expect(diagnosis.causes[0]).toMatchObject({ explains: true });
  });
});

describe('a server that is not what it seems', () => {
  it('takes one connection and is gone', async () => {
    const server = createServer();
    const { port } = await serve('127.0.0.1', server);
    server.once('connection', () => server.close());
    const diagnosis = await ask({ target: `127.0.0.1:${port}` });
    expect(diagnosis).toMatchObject({
      symptom: { class: 'connection-refused', from: 'attempt' },
      attempts: [{ outcome: 'refused', code: 'ECONNREFUSED' }],
    });
  });

  it('another address of the same port is none of it', async () => {
    const { port } = await serve('127.0.0.1');
    const host = openHost();
    // Whoever has the other address has let a connection wait.
    const sockets: Host['sockets'] = (query) => {
      const reading = host.sockets(query);
      const other = socket(1, {
        local: { address: '127.0.0.2', port },
        acceptQueue: { length: 3, limit: 5 },
      });
      return { ...reading, sockets: [...reading.sockets, other] };
    };
    const { verdict, symptom } = await ask({ target: `127.0.0.1:${port}` }, { sockets });
    expect({ verdict, symptom: symptom.class }).toEqual({ verdict: 'works', symptom: 'none' });
  });

  it('ends with its first client, and is left alone', async () => {
    const { port, connections } = await serve();
    const diagnosis = await ask(
      { target: `127.0.0.1:${port}` },
      disguisedAs('gdbserver', `:${port}`),
    );
    expect(diagnosis).toMatchObject({
      verdict: 'works',
      attempts: [],
      protocol: { why: 'it ends or resumes the debugged program when its first client leaves' },
    });
    expect(connections).toEqual([]);
  });
});
