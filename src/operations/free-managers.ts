import type { HostControl } from '../host/host-control.ts';
import type { Container } from '../model/container.ts';
import { isKnown, type Known, unknown } from '../model/known.ts';
import { stoppableUnit } from '../model/stop-command.ts';
import type { SystemdUnit } from '../model/systemd-unit.ts';
import type { FreeingFacts, HeldBy, UnitFacts } from '../ports/freeing/facts.ts';
import type { OperationContext } from './operation.ts';

/** What managers tell of what they run. */
export type ManagerFacts = Pick<FreeingFacts, 'units' | 'restartPolicies'>;

const nothing: ManagerFacts = { units: {}, restartPolicies: {} };

/** Asks systemd and the container engines about what they run; reads only. */
export const managerFacts = async (
  context: OperationContext,
  holders: readonly HeldBy[],
  published: readonly Container[],
): Promise<ManagerFacts> => {
  if (context.snapshot !== undefined || !isKnown(context.host.self())) return nothing;
  const units = distinctBy(holders.flatMap(unitOf), ({ name }) => name);
  const containers = distinctBy(
    [...published, ...holders.flatMap(({ container }) => container ?? [])],
    ({ id }) => id,
  );
  if (units.length + containers.length === 0) return nothing;
  const control = await context.host.control();
  return {
    units: await record(
      units,
      ({ name }) => name,
      (unit) => askUnit(unit, control, context.signal),
    ),
    restartPolicies: await record(
      containers,
      ({ id }) => id,
      (container) => askPolicy(container, control, context.signal),
    ),
  };
};

const unitOf = (holder: HeldBy): readonly SystemdUnit[] => {
  const isService = holder.causes.some(
    ({ id }) => id === 'systemd-unit' || id === 'socket-activation',
  );
  const unit = isService ? stoppableUnit(holder) : null;
  return unit === null ? [] : [unit];
};

const limitMs = 2_000;

const askUnit = async (
  { name, user }: SystemdUnit,
  control: HostControl,
  signal: AbortSignal,
): Promise<Known<UnitFacts>> => {
  const words = [...(user ? ['--user'] : []), 'show', '--property=Restart,TriggeredBy', name];
  const run = await control.runTool('systemctl', words, { timeoutMs: limitMs }, signal);
  if (run.result !== 'done') return unknown('unsupported', run.why);
  const property = (key: string): string | undefined =>
    run.stdout
      .split('\n')
      .find((line) => line.startsWith(`${key}=`))
      ?.slice(key.length + 1);
  return {
    restart: property('Restart') ?? null,
    triggeredBy: property('TriggeredBy')?.split(' ').filter(Boolean) ?? [],
  };
};

const askPolicy = async (
  { id }: Container,
  control: HostControl,
  signal: AbortSignal,
): Promise<Known<string>> => {
  const facts = await control.inspectContainer(id, signal);
  if (!isKnown(facts)) return facts;
  return facts.restartPolicy ?? unknown('unsupported', 'the engine does not tell');
};

const record = async <T, V>(
  all: readonly T[],
  keyOf: (one: T) => string,
  ask: (one: T) => Promise<V>,
): Promise<Readonly<Record<string, V>>> =>
  Object.fromEntries(
    await Promise.all(all.map(async (one) => [keyOf(one), await ask(one)] as const)),
  );

const distinctBy = <T>(all: readonly T[], keyOf: (one: T) => string): readonly T[] => [
  ...new Map(all.map((one) => [keyOf(one), one])).values(),
];
