import type { z } from 'zod';
import { filterKeys, filterWords } from '../src/explain/filter.ts';
import type { Example, Flag, Positional } from '../src/faces/cli/verb.ts';
import { explainInput } from '../src/operations/explain.schema.ts';
import { listListenersInput } from '../src/operations/list-listeners.schema.ts';
import { takeSnapshotInput } from '../src/operations/take-snapshot.schema.ts';
import { watchListenersInput } from '../src/operations/watch-listeners.schema.ts';

/** How an input's field becomes a flag where its own name and description don't say it well. */
export type FlagWords = Partial<
  Pick<Flag, 'name' | 'short' | 'placeholder' | 'description' | 'kind'>
>;

/** What a person wrote of a verb; its flags come from the schemas of `inputs`. */
export type VerbSource = {
  readonly name: string;
  readonly summary: string;
  readonly description: readonly string[];
  readonly inputs: readonly z.ZodObject[];
  /** The inputs' field that the positional words fill. */
  readonly positionalField: string | null;
  readonly positional: Positional | null;
  /** Field → what differs in the flag. */
  readonly flagWords: Readonly<Record<string, FlagWords>>;
  /** Flags of this face alone, which change how an answer is shown and never what it is. */
  readonly ownFlags: readonly Flag[];
  readonly examples: readonly Example[];
};

/** A flag without a value. */
export const switchFlag = (name: string, short: string | null, description: string): Flag => ({
  name,
  short,
  kind: 'boolean',
  placeholder: null,
  description,
  minimum: null,
  maximum: null,
});

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
      words: ['ls', 'explain', 'snapshot', 'completion'],
      ports: false,
    },
    flagWords: {},
    ownFlags: [],
    examples: [{ command: 'homeport help explain', does: 'how explain is used' }],
  },
];
