import type { Owner } from '../model/explanation.ts';
import { knownOr } from '../model/known.ts';
import type { Evidence, Listener } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { Judgement } from './judgement.ts';
import { isSystemd } from './owners.ts';

/** A process as the owner of something. `heldByInit`: systemd holds the same socket. */
export const describeOwner = (
  process: Process,
  evidence: Evidence,
  heldByInit: boolean,
  judgement: Judgement,
): Owner => ({
  process,
  program: judgement.program(process),
  project: judgement.project(process),
  origin: judgement.origin(process, heldByInit),
  chain: judgement.chain(process, heldByInit),
  evidence,
});

/** Whether systemd is one of several that hold a listener: it activates or keeps its service. */
export const isHeldBySystemd = (listener: Listener, judgement: Judgement): boolean => {
  const owners = knownOr(listener.owners, []);
  const holders = owners.flatMap(({ pid }) => judgement.index.process(pid) ?? []);
  return owners.length > 1 && holders.some(isSystemd);
};
