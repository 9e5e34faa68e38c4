import { leasePortInput } from '../src/operations/lease-port.schema.ts';
import { switchFlag, type VerbSource } from './verb-source.ts';

/** `homeport port`, as a person wrote of it. */
export const portVerb: VerbSource = {
  name: 'port',
  summary: 'Lease a port that stays the same for this project',
  description: [
    'The same name gives the same port tomorrow, another one in another git worktree, and no other project the same. It is outside of what this kernel hands out to outgoing connections, not one that others commonly take, and free as it is leased. Without a terminal the port alone is printed: PORT=$(homeport port web).',
    'homeport port ls lists all leases with who has their ports now; rm NAME… or rm PORT… removes some; gc those whose folder is gone; check FILE… tells which ports of .env, package.json, compose.yaml, Procfile and vite.config files clash with each other, with leases, or with what runs now. Ends with 1 where a stranger has the port, or a clash was found.',
  ],
  inputs: [leasePortInput],
  positionalField: 'service',
  positional: {
    name: 'NAME',
    description: 'A service of this project; or ls, rm, gc, check and their words',
    required: true,
    repeated: true,
    words: ['ls', 'rm', 'gc', 'check'],
    ports: false,
  },
  flagWords: {
    endpoint: { kind: 'word', placeholder: 'ENDPOINT' },
    prefer: { kind: 'word', placeholder: 'PORT' },
    directory: { kind: 'file', placeholder: 'FOLDER', short: 'C' },
  },
  ownFlags: [
    switchFlag('env', null, 'Print variables for a shell or a .env file: PORT, WEB_URL and others'),
    switchFlag(
      'reserve',
      null,
      'Keep the port from outgoing connections, now and after the next start (root; asks first)',
    ),
    switchFlag('dry-run', null, 'With gc and --reserve: say what would be done, and do nothing'),
    switchFlag('yes', 'y', 'With gc and --reserve: do it without asking'),
  ],
  examples: [
    { command: 'homeport port web', does: "this project's port for web" },
    { command: 'PORT=$(homeport port web) npm start', does: 'start a server on it' },
    { command: 'eval "$(homeport port api --env)"', does: 'API_URL and the rest, for a shell' },
    { command: 'homeport port web --prefer 62893', does: 'this port and no other' },
    { command: 'homeport port postgres --own-address', does: '5432 on an address of its own' },
    { command: 'homeport port ls', does: 'all leases, and who has their ports' },
    { command: 'homeport port check .env compose.yaml', does: 'will they clash?' },
  ],
};
