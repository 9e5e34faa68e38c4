import { invalidInput } from '../../../model/error.ts';
import { leasePort, type LeasedPort } from '../../../operations/lease-port.ts';
import type { LeasePortInput } from '../../../operations/lease-port.schema.ts';
import { isOn, textOf, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openContext } from '../open-context.ts';
import { leaseLines } from '../render/lease.ts';
import { span } from '../text/line.ts';
import { writeJson } from '../write-json.ts';
import { writeLines } from '../write-lines.ts';
import { writeNotes } from '../write-notes.ts';
import type { RunLeases } from './port-words.ts';

/**
 * `homeport port NAME`: prints the port that this project has for a service, 1 where a stranger has
 * it now. `ls`, `rm`, `gc` and `check` before other words do what they say.
 */
export const runPort = async (invocation: Invocation, io: Io): Promise<number> => {
  const [word = '', ...words] = invocation.positionals;
  const action = actions[word];
  if (action === undefined) return runLease(invocation, io);
  checkFlags(invocation, word, action.flags);
  const run = await action.load();
  return run(words, invocation, io);
};

type Action = {
  /** The flags that it takes beside those of every verb. */
  readonly flags: readonly string[];
  readonly load: () => Promise<RunLeases>;
};

const leases = () => import('./port-leases.ts');

const actions: Readonly<Record<string, Action>> = {
  ls: { flags: [], load: async () => (await leases()).runList },
  rm: { flags: ['endpoint', 'directory'], load: async () => (await leases()).runRemove },
  gc: { flags: ['yes', 'dry-run'], load: async () => (await leases()).runCollect },
  check: { flags: [], load: async () => (await import('./port-check.ts')).runCheck },
};

const ofLeases: ReadonlySet<string> = new Set([
  'endpoint',
  'prefer',
  'own-address',
  'directory',
  'env',
  'reserve',
  'dry-run',
  'yes',
]);

const checkFlags = ({ flags }: Invocation, word: string, taken: readonly string[]): void => {
  const wrong = [...flags.keys()].find((flag) => ofLeases.has(flag) && !taken.includes(flag));
  if (wrong === undefined) return;
  throw invalidInput(`port ${word} has no --${wrong}`, `homeport port NAME --${wrong} has`);
};

const runLease = async (invocation: Invocation, io: Io): Promise<number> => {
  const context = await openContext(invocation);
  const leased = await leasePort(context, inputOf(invocation));
  const exitCode = leased.use.by === 'stranger' ? 1 : 0;
  await writeNotes(leased, invocation, io);
  if (leased.outcome !== 'kept') await noteSudo(invocation, io);
  if (isOn(invocation, 'json')) await writeJson(leased, io.out);
  else if (isOn(invocation, 'env')) await io.out.write(environmentText(leased));
  else await writeLease(leased, invocation, io);
  if (!isOn(invocation, 'reserve')) return exitCode;
  const { runReserve } = await import('./port-reserve.ts');
  return Math.max(exitCode, await runReserve(leased.lease.port, context, invocation, io));
};

/** sudo(8) sets SUDO_USER: whoever it is will look for the lease in vain. */
const noteSudo = async (invocation: Invocation, io: Io): Promise<void> => {
  const user = io.env['SUDO_USER'];
  if (user === undefined || user === '' || user === 'root' || isOn(invocation, 'json')) return;
  const text = `This is a lease of root, and not of ${user}: run it without sudo.`;
  await writeLines([[span('! ', 'caution'), span(text)]], io.err, io, invocation);
};

const inputOf = (invocation: Invocation): LeasePortInput => {
  const [service = '', ...others] = invocation.positionals;
  if (others.length > 0) {
    throw invalidInput(
      `port takes one NAME, not ${invocation.positionals.length}`,
      'other words are ls, rm, gc and check',
    );
  }
  const prefer = textOf(invocation, 'prefer');
  const endpoint = textOf(invocation, 'endpoint');
  const directory = textOf(invocation, 'directory');
  return {
    service,
    ...(endpoint === null ? {} : { endpoint }),
    ...(prefer === null ? {} : { prefer: portNumber(prefer) }),
    ...(directory === null ? {} : { directory }),
    ownAddress: isOn(invocation, 'own-address'),
  };
};

const portNumber = (text: string): number => {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw invalidInput(`${JSON.stringify(text)} is no port`, 'a port is a number from 1 to 65535');
};

/** Names and values need no quotes in any shell: letters, digits and `_ : / .` */
const environmentText = ({ environment }: LeasedPort): string =>
  Object.entries(environment)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

/** A person is told more than a program, which reads the port. */
const writeLease = async (leased: LeasedPort, invocation: Invocation, io: Io): Promise<void> => {
  if (io.out.size() !== null) {
    await writeLines(leaseLines(leased, Date.now()), io.out, io, invocation);
    return;
  }
  const { address, port } = leased.lease;
  await io.out.write(address === null ? `${port}\n` : `${address}:${port}\n`);
};
