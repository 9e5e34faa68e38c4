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
        words: ['ls', 'explain', 'snapshot', 'completion'],
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
