import { knownOr } from '../../../model/known.ts';
import type { InetListener, ProgramKind } from '../../../model/listener.ts';
import type { Machine, PortRange } from '../../../model/machine.ts';
import { byRoot } from '../../as-root.ts';
import { type Found, failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import { describeListenerAt, ownerOf } from '../../describe-listener.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeKnown } from '../../judge-known.ts';

/**
 * RFC 6056 3.2: an outgoing connection may get any port of the ephemeral range, also one that a server
 * is to have; while that server is not running it can lose its port.
 */
export const ephemeralRangeAndServers: Check<MachineFacts> = {
  id: 'ephemeral-range-and-servers',
  title: 'no server has a fixed port that an outgoing connection may take',
  stage: 'listener',
  explains: [],
  judge: (facts) => {
    const { machine } = facts.snapshot;
    return judgeKnown(machine.ephemeralRange, 'the ephemeral port range', (range) => {
      const inside = facts.listeners.filter(
        (one): one is InetListener =>
          one.transport === 'tcp' &&
          one.namespace === 'this' &&
          isInside(one, range, machine) &&
          hasFixedPort(one, facts),
      );
      const text = `${range.first} to ${range.last}`;
      return inside.length === 0
        ? pass(`outgoing connections take ports from ${text}, and no server counts on one of these`)
        : failed(found(inside, text, machine));
    });
  },
};

const isInside = (
  { namespace, port }: InetListener,
  range: PortRange,
  { reservedPorts }: Machine,
): boolean =>
  namespace === 'this' &&
  contains(range, port) &&
  !knownOr(reservedPorts, []).some((reserved) => contains(reserved, port));

const contains = ({ first, last }: PortRange, port: number): boolean =>
  port >= first && port <= last;

/** Their ports are in a file; what other programs listen on by chance nobody has written down. */
const fixedKinds: ReadonlySet<ProgramKind> = new Set(['database', 'broker', 'web-server']);

/**
 * Whether somebody wrote the port down. A container engine's proxies are left out: their command lines
 * name ports that the engine took from this very range.
 */
const hasFixedPort = (listener: InetListener, { snapshot }: MachineFacts): boolean => {
  const kind = knownOr(listener.program, null)?.kind ?? 'unknown';
  if (kind === 'container') return false;
  if (fixedKinds.has(kind)) return true;
  const pid = ownerOf(listener)?.pid;
  const argv = knownOr(snapshot.processes.find((one) => one.pid === pid)?.argv ?? [], []);
  const named = new RegExp(`(?<!\\d)${listener.port}(?!\\d)`);
  return argv.some((word) => named.test(word));
};

const found = (inside: readonly InetListener[], text: string, machine: Machine): Found => {
  const [first, ...others] = inside;
  const ports = [...new Set(inside.map(({ port }) => port))];
  const who = first === undefined ? '' : describeListenerAt(first);
  return {
    id: 'ephemeral-range-and-servers',
    severity: 'notice',
    title: `${who}${others.length === 0 ? '' : ` and ${others.length} more`} may lose a fixed port to an outgoing connection`,
    evidence: [
      `outgoing connections take ports from ${text}`,
      ...inside.map((one) => `${describeListenerAt(one)} listens`),
    ],
    benignCauses: ['the port was chosen anew for this run, by a script that looked for a free one'],
    actions: [
      {
        label: 'keep outgoing connections off these ports',
        ...byRoot(
          'sysctl',
          '-w',
          `net.ipv4.ip_local_reserved_ports=${reservedWith(ports, machine)}`,
        ),
        changes:
          'the kernel hands these ports to nobody who does not ask for them, until the machine restarts',
      },
      { label: `have the server listen outside of ${text}`, command: null },
    ],
  };
};

/** The setting is replaced as a whole, so what is reserved already stays in it. */
const reservedWith = (ports: readonly number[], { reservedPorts }: Machine): string =>
  [
    ...knownOr(reservedPorts, []).map(({ first, last }) =>
      first === last ? `${first}` : `${first}-${last}`,
    ),
    ...ports,
  ].join(',');
