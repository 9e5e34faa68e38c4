import { judgeMachine } from '../diagnose/judge-machine.ts';
import type { Health } from '../model/diagnosis.ts';
import type { DoctorInput } from './doctor.schema.ts';
import { machineFacts } from './machine-facts.ts';
import type { OperationContext } from './operation.ts';

/**
 * Tells whether the loopback stack of this machine is sound: interface, addresses, names, routes,
 * firewall, limits, proxies. Tries one connection with itself over loopback in each family; from a
 * snapshot, nothing.
 */
export const doctor = async (context: OperationContext, _input: DoctorInput): Promise<Health> => {
  const { facts } = await machineFacts(context, {
    destinations: [],
    firewall: true,
    trips: true,
    fileWatches: true,
  });
  const health = judgeMachine(facts);
  return {
    takenAt: facts.snapshot.takenAt,
    ...health,
    problems: [...facts.snapshot.problems, ...health.problems],
  };
};
