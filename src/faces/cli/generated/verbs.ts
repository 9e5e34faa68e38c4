import type { CommandLine } from '../verb.ts';

/** Made by scripts/generate-cli-metadata.ts from the operations' schemas; not written by hand. */
export const commandLine: CommandLine = {
  verbs: [
    {
      name: 'ls',
      summary: 'List everything that listens on this machine',
      description: [
        'One row for each address: program, process, user, age, and who can reach it, grouped by project. Nothing is probed unless --probe is given.',
        'Filters narrow the list. Words of one kind are alternatives (3000 4000), words of different kinds must all hold (udp user:root). user: is the user of the socket or of a process that holds it. Any other word is looked for in names and paths.',
      ],
      positional: {
        name: 'FILTER',
        description:
          'A port, ADDRESS:PORT, tcp, udp, unix, ipv4, ipv6, exposed, user:…, project:…, program:…, pid:…, port:…, container:…, origin:…, or part of a name',
        required: false,
        repeated: true,
        words: [
          'tcp',
          'udp',
          'unix',
          'ipv4',
          'ipv6',
          'exposed',
          'user:',
          'project:',
          'program:',
          'pid:',
          'port:',
          'container:',
          'origin:',
        ],
        ports: true,
      },
      flags: [
        {
          name: 'all',
          short: 'a',
          kind: 'boolean',
          placeholder: null,
          description: 'Every socket: connections and unix sockets too',
          minimum: null,
          maximum: null,
        },
        {
          name: 'probe',
          short: null,
          kind: 'boolean',
          placeholder: null,
          description: 'Ask each TCP listener what it speaks',
          minimum: null,
          maximum: null,
        },
        {
          name: 'interval',
          short: null,
          kind: 'duration',
          placeholder: 'SECONDS',
          description: 'Time between two looks, with --watch: 2, 0.5, 500ms (default 1)',
          minimum: 100,
          maximum: 3600000,
        },
        {
          name: 'watch',
          short: 'w',
          kind: 'boolean',
          placeholder: null,
          description: 'Keep looking and mark what comes and goes',
          minimum: null,
          maximum: null,
        },
        {
          name: 'json-stream',
          short: null,
          kind: 'boolean',
          placeholder: null,
          description: 'Keep looking; one JSON object a line for each change',
          minimum: null,
          maximum: null,
        },
      ],
      examples: [
        {
          command: 'homeport',
          does: 'all that listens',
        },
        {
          command: 'homeport ls 3000',
          does: 'who listens on port 3000',
        },
        {
          command: 'homeport ls exposed',
          does: 'what others can reach',
        },
        {
          command: 'homeport ls project:shop user:ann',
          does: "Ann's servers of one project",
        },
        {
          command: 'homeport ls --watch',
          does: 'watch servers come and go',
        },
        {
          command: 'homeport ls --json | jq .listeners[].port',
          does: 'the ports, for a script',
        },
      ],
    },
    {
      name: 'explain',
      summary: 'Say what an endpoint is, whose, and why it runs',
      description: [
        'Also without its name: homeport 127.0.0.1:49342.',
        'A target is an endpoint, a port, a URL, pid:N, a name of a program, project, container or unit, or a unix socket. What listens there is asked what it speaks, gently; --no-probe sends nothing.',
      ],
      positional: {
        name: 'TARGET',
        description: 'An endpoint, port, URL, pid:N, name or path of a unix socket',
        required: true,
        repeated: false,
        words: ['pid:', 'name:'],
        ports: true,
      },
      flags: [
        {
          name: 'no-probe',
          short: null,
          kind: 'boolean',
          placeholder: null,
          description: 'Send nothing to the endpoint',
          minimum: null,
          maximum: null,
        },
        {
          name: 'verbose',
          short: 'v',
          kind: 'boolean',
          placeholder: null,
          description: 'Everything: sockets, process, evidence, address and port',
          minimum: null,
          maximum: null,
        },
      ],
      examples: [
        {
          command: 'homeport 127.0.0.1:49342',
          does: 'what is that?',
        },
        {
          command: 'homeport 3000',
          does: 'the same port on every address',
        },
        {
          command: 'homeport http://localhost:5173/',
          does: 'a URL, as pasted',
        },
        {
          command: 'homeport explain postgres -v',
          does: 'by name, with everything known',
        },
        {
          command: 'homeport pid:4242',
          does: 'what a process listens on',
        },
      ],
    },
    {
      name: 'why',
      summary: 'Say why connecting or binding fails, and how to put it right',
      description: [
        'Takes an endpoint, the error message as you have it, or a log on standard input; looks at every stage from the name to the application, and names the cause with its evidence and the fix.',
        'Connects to the endpoint that you name, or that the message blames, and asks it what it speaks; --no-probe sends nothing. Nothing is changed: the fixes are commands to paste. Ends with 1 where something is wrong.',
      ],
      positional: {
        name: 'TARGET_OR_MESSAGE',
        description:
          'An endpoint, port, URL, pid:N or name:NAME; or an error message, in quotes where it holds any; - reads standard input',
        required: false,
        repeated: true,
        words: ['localhost:', 'pid:', 'name:'],
        ports: true,
      },
      flags: [
        {
          name: 'no-probe',
          short: null,
          kind: 'boolean',
          placeholder: null,
          description: 'Send nothing to the endpoint',
          minimum: null,
          maximum: null,
        },
        {
          name: 'file',
          short: 'f',
          kind: 'file',
          placeholder: 'FILE',
          description: 'Read the message from this file: the newest failure counts',
          minimum: null,
          maximum: null,
        },
        {
          name: 'last',
          short: 'l',
          kind: 'boolean',
          placeholder: null,
          description: 'Read what this tmux pane or script(1) session has shown last',
          minimum: null,
          maximum: null,
        },
        {
          name: 'message-only',
          short: 'm',
          kind: 'boolean',
          placeholder: null,
          description: 'Say only what the message tells; look at nothing',
          minimum: null,
          maximum: null,
        },
        {
          name: 'verbose',
          short: 'v',
          kind: 'boolean',
          placeholder: null,
          description: 'Everything: every stage, check and finding',
          minimum: null,
          maximum: null,
        },
      ],
      examples: [
        {
          command: 'homeport why localhost:3000',
          does: 'why nobody answers',
        },
        {
          command: 'homeport why "connect ECONNREFUSED ::1:5432"',
          does: 'the message, as pasted',
        },
        {
          command: 'npm run dev 2>&1 | homeport why',
          does: 'what a program prints',
        },
        {
          command: 'homeport why --file app.log',
          does: 'the newest failure of a log',
        },
        {
          command: 'homeport why --last',
          does: 'what has just failed in this tmux pane',
        },
      ],
    },
    {
      name: 'wait',
      summary: 'Wait until an endpoint really answers',
      description: [
        'Accepting a connection is not enough: what listens is asked what it speaks, and HTTP counts below status 500. At the deadline it says why nothing answers, and ends with 1.',
      ],
      positional: {
        name: 'ENDPOINT',
        description: 'An endpoint, port or URL, whose scheme says what must answer',
        required: true,
        repeated: false,
        words: ['localhost:'],
        ports: true,
      },
      flags: [
        {
          name: 'for',
          short: null,
          kind: 'word',
          placeholder: 'PROTOCOL',
          description: 'What must answer: tcp, tls, http, https, postgres, redis … (default: any)',
          minimum: null,
          maximum: null,
        },
        {
          name: 'timeout',
          short: 't',
          kind: 'duration',
          placeholder: 'SECONDS',
          description: 'How long to wait at most: 30, 500ms, 2m (default 30)',
          minimum: 1,
          maximum: 86400000,
        },
      ],
      examples: [
        {
          command: 'homeport wait localhost:3000',
          does: 'until anything answers',
        },
        {
          command: 'homeport wait :5432 --for postgres && npm test',
          does: 'then go on',
        },
        {
          command: 'homeport wait https://localhost:8443/ -t 2m',
          does: 'by URL, for two minutes',
        },
      ],
    },
    {
      name: 'doctor',
      summary: 'Say whether the loopback stack of this machine is sound',
      description: [
        'Interface, addresses, names, routes, firewall, limits and proxies: every fact with pass or fail, and the command that puts right what fails. Ends with 1 where something is wrong.',
      ],
      positional: null,
      flags: [
        {
          name: 'verbose',
          short: 'v',
          kind: 'boolean',
          placeholder: null,
          description: 'Checks that have no part here too, and all evidence',
          minimum: null,
          maximum: null,
        },
      ],
      examples: [
        {
          command: 'homeport doctor',
          does: 'is localhost itself all right?',
        },
        {
          command: 'sudo homeport doctor',
          does: 'the firewall too',
        },
      ],
    },
    {
      name: 'snapshot',
      summary: 'Write all that can be read of this machine as one JSON document',
      description: [
        'A bug report, a fixture, and an input of every reading verb. It holds command lines, paths and user names, and of environments only the few variables that tell who started a process.',
      ],
      positional: null,
      flags: [],
      examples: [
        {
          command: 'homeport snapshot > now.json',
          does: 'keep this moment',
        },
        {
          command: 'homeport ls --snapshot now.json',
          does: 'look at it later, or elsewhere',
        },
      ],
    },
    {
      name: 'completion',
      summary: 'Print the completion script of a shell',
      description: ['Completes verbs, flags, filters, and the ports that are listened on now.'],
      positional: {
        name: 'SHELL',
        description: 'bash, zsh or fish',
        required: true,
        repeated: false,
        words: ['bash', 'zsh', 'fish'],
        ports: false,
      },
      flags: [],
      examples: [
        {
          command: 'eval "$(homeport completion bash)"',
          does: 'in ~/.bashrc',
        },
        {
          command: 'eval "$(homeport completion zsh)"',
          does: 'in ~/.zshrc, after compinit',
        },
        {
          command: 'homeport completion fish | source',
          does: 'in ~/.config/fish/config.fish',
        },
      ],
    },
    {
      name: 'help',
      summary: 'Say how Homeport or one of its verbs is used',
      description: [],
      positional: {
        name: 'VERB',
        description: 'A verb',
        required: false,
        repeated: false,
        words: ['ls', 'explain', 'why', 'wait', 'doctor', 'snapshot', 'completion'],
        ports: false,
      },
      flags: [],
      examples: [
        {
          command: 'homeport help explain',
          does: 'how explain is used',
        },
      ],
    },
  ],
  globalFlags: [
    {
      name: 'json',
      short: 'j',
      kind: 'boolean',
      placeholder: null,
      description: 'Print exactly what the library returns, as JSON',
      minimum: null,
      maximum: null,
    },
    {
      name: 'snapshot',
      short: null,
      kind: 'file',
      placeholder: 'FILE',
      description: 'Judge this snapshot instead of the machine (- reads stdin)',
      minimum: null,
      maximum: null,
    },
    {
      name: 'color',
      short: null,
      kind: 'boolean',
      placeholder: null,
      description: 'Colour the output even where it is no terminal',
      minimum: null,
      maximum: null,
    },
    {
      name: 'no-color',
      short: null,
      kind: 'boolean',
      placeholder: null,
      description: 'No colours; NO_COLOR in the environment does the same',
      minimum: null,
      maximum: null,
    },
    {
      name: 'help',
      short: 'h',
      kind: 'boolean',
      placeholder: null,
      description: 'Say how a verb is used',
      minimum: null,
      maximum: null,
    },
    {
      name: 'version',
      short: 'V',
      kind: 'boolean',
      placeholder: null,
      description: "Print Homeport's version",
      minimum: null,
      maximum: null,
    },
  ],
};
