import { closeConnectionInput } from '../src/operations/close-connection.schema.ts';
import { freeInput } from '../src/operations/free.schema.ts';
import { switchFlag, type VerbSource } from './verb-source.ts';

/** The verbs that end something. */
export const freeingVerbs: readonly VerbSource[] = [
  {
    name: 'free',
    summary: 'Free a port: stop who holds it, the right way, and prove it',
    description: [
      'Shows the plan first: who holds it, who is cut off, what would start it again, each step, what is left. Then asks; without a terminal nothing is done unless --yes is given. Clients are never signalled.',
      'Stops a service by its manager (systemctl, the container engine, pm2, supervisorctl), a server below its watcher or package script, else the process: SIGTERM, the time that --timeout gives it, SIGKILL. Afterwards looks for two seconds that nobody listens. Ends with 1 where somebody does.',
      'Refuses (4) without --force: init, Homeport and what it was started from, ssh servers, processes of others, what is in another namespace. --project, --idle and --orphans only list what could be stopped, and ask which.',
    ],
    inputs: [freeInput.omit({ confirm: true, environment: true })],
    positionalField: 'targets',
    positional: {
      name: 'TARGET',
      description: 'An endpoint, port, pid:N or name:NAME, whose listeners are to end',
      required: false,
      repeated: true,
      words: ['localhost:', 'pid:', 'name:'],
      ports: true,
    },
    flagWords: {
      project: { kind: 'word', placeholder: 'NAME' },
      idleMs: { name: 'idle', kind: 'duration', placeholder: 'DURATION' },
      timeoutMs: {
        name: 'timeout',
        short: 't',
        placeholder: 'SECONDS',
        kind: 'duration',
        description: 'Time between SIGTERM and SIGKILL: 5, 500ms, 1m (default 5)',
      },
    },
    ownFlags: [
      switchFlag('dry-run', 'n', 'Show the plan and do nothing'),
      switchFlag('yes', 'y', 'Carry the plan out without asking'),
      switchFlag('verbose', 'v', 'Evidence, and the environment of what ended (secrets masked)'),
    ],
    examples: [
      { command: 'homeport free 3000', does: 'show the plan, ask, stop, prove' },
      { command: 'homeport free 3000 5173 --yes', does: 'two ports, without a question' },
      { command: 'homeport free 3000 --dry-run --json', does: 'the plan, for a script' },
      { command: 'homeport free --idle 2h', does: 'choose among forgotten servers' },
    ],
  },
  {
    name: 'close',
    summary: 'End one connection and leave both programs running',
    description: [
      'The kernel closes its sockets as if they had been reset: both programs see an error on this connection alone. Takes root, and a kernel that can (SOCK_DESTROY). Shows the connection and asks; without a terminal nothing is done unless --yes is given.',
    ],
    inputs: [closeConnectionInput.omit({ confirm: true })],
    positionalField: 'connection',
    positional: {
      name: 'CONNECTION',
      description: 'Both ends, in either order: A-B, or "A->B" in quotes',
      required: true,
      repeated: false,
      words: [],
      ports: false,
    },
    flagWords: {},
    ownFlags: [
      switchFlag('dry-run', 'n', 'Show the connection and do nothing'),
      switchFlag('yes', 'y', 'Close it without asking'),
    ],
    examples: [
      {
        command: 'sudo homeport close :51002-:5432',
        does: 'by its ports',
      },
    ],
  },
];
