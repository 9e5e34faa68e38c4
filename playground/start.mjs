import { fork } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const usualPorts = { auth: 62893, payments: 62894, web: 49342 };

/**
 * Starts the three services, each a process of its own in its own folder, and resolves once `web`
 * has talked to both others: `{ ports, pids, stop }`. A port that is taken is replaced by a free one, and
 * `say` is told. `stop` resolves when all three have ended. Rejects, with all ended, where one
 * ends before it is ready.
 */
export const startPlayground = async ({
  ports = usualPorts,
  execPath,
  say = (_line) => {},
} = {}) => {
  const children = [];
  const start = async (name, environment = {}) => {
    const child = forkService(name, { ...environment, PORT: String(ports[name]) }, execPath);
    children.push(child);
    const port = await readyPort(name, child);
    if (port !== ports[name] && ports[name] !== 0) {
      say(`port ${ports[name]} is taken: ${name} listens on ${port} instead`);
    }
    return port;
  };
  const stop = () => Promise.all(children.map(end));
  try {
    const [auth, payments] = await Promise.all([start('auth'), start('payments')]);
    const web = await start('web', { AUTH_URL: local(auth), PAYMENTS_URL: local(payments) });
    const pids = children.map((child) => child.pid);
    return { ports: { web, auth, payments }, pids, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const local = (port) => `http://127.0.0.1:${port}`;

const forkService = (name, environment, execPath = process.execPath) =>
  fork('server.js', [], {
    cwd: fileURLToPath(new URL(`./${name}`, import.meta.url)),
    env: { ...process.env, ...environment },
    execPath,
    execArgv: [],
  });

const readyPort = (name, child) =>
  new Promise((resolve, reject) => {
    child.once('message', ({ port }) => resolve(port));
    child.once('error', reject);
    child.once('exit', () =>
      reject(new Error(`the playground's ${name} ended before it was ready`)),
    );
  });

/** SIGKILL: the services hold nothing that would have to be put away. */
const end = (child) =>
  new Promise((resolve) => {
    const neverRan = child.pid === undefined;
    if (neverRan || child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', resolve);
    return child.kill('SIGKILL');
  });

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const say = (line) => process.stdout.write(`playground: ${line}\n`);
  const { ports } = await startPlayground({ say });
  say(
    `web http://127.0.0.1:${ports.web} calls auth on ${ports.auth} and payments on ${ports.payments}`,
  );
}
