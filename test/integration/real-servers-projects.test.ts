import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  explain,
  type Explanation,
  isKnown,
  listListeners,
  type OwnerReference,
} from '../../src/index.ts';
import { findProgram } from '../support/find-program.ts';
import { freePort } from '../support/free-port.ts';
import { makeProject, projectBranch } from '../support/make-project.ts';
import { startApart, untilListening } from '../support/start-apart.ts';

const python = findProgram('python3');
const hasFlask =
  python !== null && spawnSync(python, ['-c', 'import flask'], { stdio: 'ignore' }).status === 0;

describe.skipIf(findProgram('git') === null)('dev servers (skipped without git)', () => {
  it.skipIf(findProgram('npm') === null)(
    'Vite, started by npm run dev, with its project and branch (skipped without npm)',
    async () => {
      const root = makeProject('shop-web', true);
      const port = await freePort();
      const words = ['run', 'dev', '--', '--port', `${port}`];
      const { pid, output } = startApart('npm', words, { cwd: root });
      await untilListening(port, output);
      const answer = await explain(`http://127.0.0.1:${port}/`);
      const project = { name: 'shop-web', root, branch: projectBranch, worktree: null };
      expect(answer.owner).toMatchObject({
        program: { id: 'vite', name: 'Vite', kind: 'dev-server' },
        project,
        origin: { id: 'package-script', label: 'npm script dev' },
        chain: expect.arrayContaining([expect.objectContaining({ pid })]),
      });
      expect(answer.protocol).toMatchObject({ id: 'http1', title: 'The shop' });
      const { listeners } = await listListeners({ filters: ['project:shop-web', `${port}`] });
      expect(listeners).toMatchObject([{ port, project, program: { id: 'vite' } }]);
    },
  );

  it.skipIf(!hasFlask)(
    'Flask, with its project and branch (skipped without python3-flask)',
    async () => {
      const root = makeProject('shop-api');
      const port = await freePort();
      const words = ['-m', 'flask', '--app', 'app', 'run', '--port', `${port}`];
      const { pid, output } = startApart(python ?? '', words, { cwd: root });
      await untilListening(port, output);
      const answer = await explain(`127.0.0.1:${port}`);
      const project = { name: 'shop-api', root, branch: projectBranch, worktree: null };
      expect(answer.owner).toMatchObject({
        process: { pid },
        program: { id: 'flask', name: 'Flask', kind: 'dev-server' },
        project,
      });
      expect(answer.protocol).toMatchObject({
        id: 'http1',
        title: "The shop's API",
        server: expect.stringMatching(/^Werkzeug\//),
      });
      const { listeners } = await listListeners({ filters: ['program:flask', `${port}`] });
      expect(listeners).toMatchObject([{ port, project, owners: [{ pid, role: 'accepts' }] }]);
    },
  );

  it.skipIf(!hasFlask)(
    "Flask's reloader: both hold the port; a connection tells that the child accepts (skipped without python3-flask)",
    async () => {
      const root = makeProject('shop-api');
      const port = await freePort();
      const words = ['-m', 'flask', '--app', 'app', 'run', '--reload', '--port', `${port}`];
      const { pid, output } = startApart(python ?? '', words, { cwd: root });
      await untilListening(port, output);
      const look = () => explain(`127.0.0.1:${port}`, { probe: false });
      await expect.poll(async () => owners(await look())).toHaveLength(2);
      const client = connect(port, '127.0.0.1');
      onTestFinished(() => void client.destroy());
      await once(client, 'connect');
      await expect.poll(async () => (await look()).owner).toMatchObject({ process: { ppid: pid } });
      const answer = await look();
      expect(owners(answer)).toMatchObject([{ role: 'accepts' }, { pid, role: 'holds' }]);
      expect(answer.owner).toMatchObject({
        program: { id: 'flask' },
        origin: { id: 'watcher', restarts: true },
      });
    },
  );
});

const owners = ({ listeners: [listener] }: Explanation): readonly OwnerReference[] =>
  listener !== undefined && isKnown(listener.owners) ? listener.owners : [];
