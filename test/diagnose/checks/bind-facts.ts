import { bindChecks } from '../../../src/diagnose/checks/bind/registry.ts';
import type { Check } from '../../../src/diagnose/check.ts';
import type { EndpointFacts } from '../../../src/diagnose/facts.ts';
import type { BindTrial } from '../../../src/model/diagnosis.ts';
import type { FailureClass, FailureMessage } from '../../../src/model/failure.ts';
import type { CheckResult, Finding } from '../../../src/model/finding.ts';
import type { Process } from '../../../src/model/process.ts';
import type { ProjectFacts } from '../../../src/model/project-facts.ts';
import type { InetSocket } from '../../../src/model/socket.ts';
import { endpointFacts, type Told } from '../../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../../support/scene.ts';

/** What bind(2) says where the port is held in every way. */
export const inUse: BindTrial = { reusing: 'EADDRINUSE', plain: 'EADDRINUSE' };
/** What it says where only sockets that set SO_REUSEADDR are left. */
export const reusable: BindTrial = { reusing: null, plain: 'EADDRINUSE' };
/** What it says where nobody holds the port. */
export const free: BindTrial = { reusing: null, plain: null };

/** Facts of an endpoint that a server could not bind; the trial fails as well unless it is told. */
export const bindFacts = (
  text: string,
  told: Told = {},
  trial: BindTrial | null = inUse,
  failure: FailureClass = 'address-in-use',
): EndpointFacts =>
  endpointFacts(text, {
    ...told,
    facts: {
      symptom: { class: failure, role: 'server', from: 'message' },
      bindTrial: trial,
      ...told.facts,
    },
  });

/** A message of an ecosystem about a port in use. */
export const messageFrom = (ecosystem: string | null): FailureMessage => ({
  class: 'address-in-use',
  endpoints: [],
  role: 'server',
  ecosystem,
  line: 1,
  text: null,
  notes: [],
});

/** A listener on an address, or what `facts` make of it. */
export const listening = (
  inode: number,
  address: string,
  port: number,
  facts: Partial<InetSocket> = {},
): InetSocket =>
  socket(inode, {
    family: address.includes(':') ? 'ipv6' : 'ipv4',
    local: { address, port },
    remote: { address: address.includes(':') ? '::' : '0.0.0.0', port: 0 },
    v6only: address.includes(':') ? false : null,
    ...facts,
  });

/** A project that is nothing but a folder with a package.json. */
export const projectIn = (root: string, name: string): ProjectFacts => ({
  root,
  markers: ['package.json'],
  manifest: { file: 'package.json', name, scripts: [], dependencies: [] },
  git: null,
});

/** What a check finds; throws where it does not find exactly one thing. */
export const findingOf = (check: Check<EndpointFacts>, facts: EndpointFacts): Finding => {
  const result = check.judge(facts);
  const [finding] = result.result === 'fail' ? result.findings : [];
  if (finding === undefined) throw new Error(`${check.id}: ${JSON.stringify(result)}`);
  return finding;
};

/** How a check ends. */
export const endOf = (check: Check<EndpointFacts>, facts: EndpointFacts): CheckResult['result'] =>
  check.judge(facts).result;

/** The commands of a finding's actions. */
export const commandsOf = ({ actions }: Finding): readonly (string | null)[] =>
  actions.map(({ command }) => command);

/** Listeners of one port, each with the pids that hold it. */
export const held = (
  holders: readonly (readonly number[])[],
  processes: readonly Process[],
  told: Told = {},
  addresses: readonly string[] = holders.map(() => '127.0.0.1'),
): Told => ({
  sockets: holders.map((_, index) => listening(70 + index, addresses[index] ?? '', 3000)),
  holders: Object.fromEntries(holders.map((pids, index) => [70 + index, pids])),
  processes,
  ...told,
});

/** A Node server, started from `shell` unless another parent is given. */
export const node = (pid: number, ppid = 900, facts: Partial<Process> = {}): Process =>
  oneProcess(pid, ppid, { comm: 'node', argv: ['node', 'server.js'], ...facts });
export const shell = oneProcess(900, 1, { comm: 'bash', argv: ['bash'] });

/** The checks of listeners that find something: one listener is told by one check. */
export const found = (facts: EndpointFacts): readonly string[] =>
  bindChecks.filter((check) => check.judge(facts).result === 'fail').map(({ id }) => id);
