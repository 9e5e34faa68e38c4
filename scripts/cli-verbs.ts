import { filterKeys, filterWords } from '../src/explain/filter.ts';
import type { Flag } from '../src/faces/cli/verb.ts';
import { explainInput } from '../src/operations/explain.schema.ts';
import { listListenersInput } from '../src/operations/list-listeners.schema.ts';
import { doctorInput } from '../src/operations/doctor.schema.ts';
import { takeSnapshotInput } from '../src/operations/take-snapshot.schema.ts';
import { waitableProtocols } from '../src/operations/wait-condition.ts';
import { waitForInput } from '../src/operations/wait-for.schema.ts';
import { watchListenersInput } from '../src/operations/watch-listeners.schema.ts';
import { whyInput } from '../src/operations/why.schema.ts';
import { portVerb } from './cli-verb-port.ts';
import { freeingVerbs } from './cli-verbs-freeing.ts';
import { switchFlag, type VerbSource } from './verb-source.ts';

export const globalFlags: readonly Flag[] = [
  switchFlag('json', 'j', 'Print exactly what the library returns, as JSON'),
  {
    ...switchFlag('snapshot', null, 'Judge this snapshot instead of the machine (- reads stdin)'),
    kind: 'file',
    placeholder: 'FILE',
  },
  switchFlag('color', null, 'Colour the output even where it is no terminal'),
  switchFlag('no-color', null, 'No colours; NO_COLOR in the environment does the same'),
  switchFlag('help', 'h', 'Say how a verb is used'),
  switchFlag('version', 'V', "Print Homeport's version"),
];

export const verbSources: readonly VerbSource[] = [
  {
    name: 'ls',
    summary: 'List everything that listens on this machine',
    description: [
      'One row for each address: program, process, user, age, and who can reach it, grouped by project. Nothing is probed unless --probe is given.',
      'Filters narrow the list. Words of one kind are alternatives (3000 4000), words of different kinds must all hold (udp user:root). user: is the user of the socket or of a process that holds it. Any other word is looked for in names and paths.',
    ],
    inputs: [listListenersInput, watchListenersInput],
    positionalField: 'filters',
    positional: {
      name: 'FILTER',
      description: `A port, ADDRESS:PORT, ${filterWords.join(', ')}, ${filterKeys.map((key) => `${key}:…`).join(', ')}, or part of a name`,
      required: false,
      repeated: true,
      words: [...filterWords, ...filterKeys.map((key) => `${key}:`)],
      ports: true,
    },
    flagWords: {
      all: { short: 'a' },
      intervalMs: {
        name: 'interval',
        placeholder: 'SECONDS',
        kind: 'duration',
        description: 'Time between two looks, with --watch: 2, 0.5, 500ms (default 1)',
      },
    },
    ownFlags: [
      switchFlag('watch', 'w', 'Keep looking and mark what comes and goes'),
      switchFlag('json-stream', null, 'Keep looking; one JSON object a line for each change'),
    ],
    examples: [
      { command: 'homeport', does: 'all that listens' },
      { command: 'homeport ls 3000', does: 'who listens on port 3000' },
      { command: 'homeport ls exposed', does: 'what others can reach' },
      { command: 'homeport ls project:shop user:ann', does: "Ann's servers of one project" },
      { command: 'homeport ls --watch', does: 'watch servers come and go' },
      { command: 'homeport ls --json | jq .listeners[].port', does: 'the ports, for a script' },
    ],
  },
  {
    name: 'explain',
    summary: 'Say what an endpoint is, whose, and why it runs',
    description: [
      'Also without its name: homeport 127.0.0.1:49342.',
      'A target is an endpoint, a port, a URL, pid:N, a name of a program, project, container or unit, or a unix socket. What listens there is asked what it speaks, gently; --no-probe sends nothing.',
    ],
    inputs: [explainInput],
    positionalField: 'target',
    positional: {
      name: 'TARGET',
      description: 'An endpoint, port, URL, pid:N, name or path of a unix socket',
      required: true,
      repeated: false,
      words: ['pid:', 'name:'],
      ports: true,
    },
    flagWords: {
      probe: { name: 'no-probe', description: 'Send nothing to the endpoint' },
    },
    ownFlags: [
      switchFlag('verbose', 'v', 'Everything: sockets, process, evidence, address and port'),
    ],
    examples: [
      { command: 'homeport 127.0.0.1:49342', does: 'what is that?' },
      { command: 'homeport 3000', does: 'the same port on every address' },
      { command: 'homeport http://localhost:5173/', does: 'a URL, as pasted' },
      { command: 'homeport explain postgres -v', does: 'by name, with everything known' },
      { command: 'homeport pid:4242', does: 'what a process listens on' },
    ],
  },
  {
    name: 'why',
    summary: 'Say why connecting fails or a port is taken, and how to fix it',
    description: [
      'Give it one endpoint, an error message as it was printed, or a log, of which the newest failure counts. It looks at every stage from the name to the application, names the cause, shows what proves it, and gives the commands that fix it. It changes nothing itself.',
      'To find out it connects to that endpoint, as a client would, and asks what it speaks; --no-probe leaves that out. Exit code 0: it works, or the text tells of no failure. 1: something is wrong.',
      'A program that goes on may be piped into it: the answer comes once a failure was printed and nothing more follows for a second, ten seconds after it at the latest. What comes later is read and dropped, so that the program is not ended.',
    ],
    inputs: [whyInput.omit({ message: true })],
    positionalField: 'target',
    positional: {
      name: 'TARGET_OR_MESSAGE',
      description:
        'An endpoint, port, URL, pid:N or name:NAME; or an error message, best in quotes; - or nothing at all reads standard input',
      required: false,
      repeated: true,
      words: ['localhost:', 'pid:', 'name:'],
      ports: true,
    },
    flagWords: {
      probe: {
        name: 'no-probe',
        description: 'Do not connect: judge by what the system tells',
      },
    },
    ownFlags: [
      {
        ...switchFlag('file', 'f', 'Read the message or log from this file'),
        kind: 'file',
        placeholder: 'FILE',
      },
      switchFlag(
        'last',
        'l',
        'Read the newest failure on the screen of this tmux pane, or script(1) session',
      ),
      switchFlag(
        'message-only',
        'm',
        'Only say what the message means; look at nothing of this machine',
      ),
      switchFlag('verbose', 'v', 'Everything: every stage, check and finding'),
    ],
    examples: [
      { command: 'homeport why localhost:3000', does: 'why nobody answers' },
      { command: 'homeport why "connect ECONNREFUSED ::1:5432"', does: 'the message, as pasted' },
      { command: 'npm run dev 2>&1 | homeport why', does: 'what a program prints' },
      { command: 'homeport why --file app.log', does: 'the newest failure of a log' },
      { command: 'homeport why --last', does: 'what has just failed in tmux' },
    ],
  },
  {
    name: 'wait',
    summary: 'Wait until an endpoint really answers',
    description: [
      'Tries until what listens there has answered. To accept a connection is not enough: it is asked what it speaks, and an HTTP status of 500 or above is no answer yet. Exit code 0: it answers. 1: it did not in time, and the reason is told as by homeport why.',
    ],
    inputs: [waitForInput],
    positionalField: 'target',
    positional: {
      name: 'ENDPOINT',
      description: 'An endpoint, port or URL; the scheme of a URL says what must answer',
      required: true,
      repeated: false,
      words: ['localhost:'],
      ports: true,
    },
    flagWords: {
      for: {
        kind: 'word',
        placeholder: 'PROTOCOL',
        words: ['tcp', ...waitableProtocols],
      },
      timeoutMs: {
        name: 'timeout',
        short: 't',
        placeholder: 'SECONDS',
        kind: 'duration',
        description: 'How long to wait at most: 30, 500ms, 2m (default 30)',
      },
    },
    ownFlags: [],
    examples: [
      { command: 'homeport wait localhost:3000', does: 'until anything answers' },
      { command: 'homeport wait :5432 --for postgres && npm test', does: 'then go on' },
      { command: 'homeport wait https://localhost:8443/ -t 2m', does: 'by URL, for two minutes' },
    ],
  },
  portVerb,
  {
    name: 'doctor',
    summary: 'Say whether localhost itself works: names, limits, proxies',
    description: [
      'Looks at what all local connections have in common: the loopback interface, its addresses and routes, what localhost means, firewall, limits, proxies. A line for each fact that holds, or that could not be looked at (?); what fails, and what is worth knowing (!), stands last, with the command that puts it right; nothing is changed. Exit code 0: nothing is wrong. 1: something is.',
    ],
    inputs: [doctorInput],
    positionalField: null,
    positional: null,
    flagWords: {},
    ownFlags: [
      switchFlag('verbose', 'v', 'Also the checks that do not apply here, and all evidence'),
    ],
    examples: [
      { command: 'homeport doctor', does: 'is localhost itself all right?' },
      { command: 'sudo homeport doctor', does: 'the firewall too' },
    ],
  },
  ...freeingVerbs,
  {
    name: 'snapshot',
    summary: 'Write all that can be read of this machine as one JSON document',
    description: [
      'A bug report, a fixture, and an input of every reading verb. It holds command lines, paths and user names, and of environments only the few variables that tell who started a process.',
    ],
    inputs: [takeSnapshotInput],
    positionalField: null,
    positional: null,
    flagWords: {},
    ownFlags: [],
    examples: [
      { command: 'homeport snapshot > now.json', does: 'keep this moment' },
      { command: 'homeport ls --snapshot now.json', does: 'look at it later, or elsewhere' },
    ],
  },
  {
    name: 'completion',
    summary: 'Print the completion script of a shell',
    description: ['Completes verbs, flags, filters, and the ports that are listened on now.'],
    inputs: [],
    positionalField: null,
    positional: {
      name: 'SHELL',
      description: 'bash, zsh or fish',
      required: true,
      repeated: false,
      words: ['bash', 'zsh', 'fish'],
      ports: false,
    },
    flagWords: {},
    ownFlags: [],
    examples: [
      { command: 'eval "$(homeport completion bash)"', does: 'in ~/.bashrc' },
      { command: 'eval "$(homeport completion zsh)"', does: 'in ~/.zshrc, after compinit' },
      { command: 'homeport completion fish | source', does: 'in ~/.config/fish/config.fish' },
    ],
  },
  {
    name: 'help',
    summary: 'Say how Homeport or one of its verbs is used',
    description: [],
    inputs: [],
    positionalField: null,
    positional: {
      name: 'VERB',
      description: 'A verb',
      required: false,
      repeated: false,
      words: [
        'ls',
        'explain',
        'why',
        'wait',
        'port',
        'free',
        'close',
        'doctor',
        'snapshot',
        'completion',
      ],
      ports: false,
    },
    flagWords: {},
    ownFlags: [],
    examples: [{ command: 'homeport help explain', does: 'how explain is used' }],
  },
];
