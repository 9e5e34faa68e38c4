import type { StepVerb } from '../../model/freeing.ts';
import { shellCommand } from '../../model/shell-quote.ts';
import type { StopCommand } from '../../model/stop-command.ts';
import type { Cause, FreeingFacts, HeldBy } from './facts.ts';
import { signalTree } from './signal-tree.ts';
import { type WayToStop, wayOf } from './stop-way.ts';

/** A manager that runs the holder, and the command that has it stop it. */
export type ManagerStop = {
  readonly verb: StepVerb;
  readonly cause: Cause;
  readonly command: StopCommand;
  readonly target: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** How it is started again. */
  readonly left: string;
};

/** Has its manager stop a program, which would start it again otherwise. */
export const managerWay = ({ process }: HeldBy, stop: ManagerStop): WayToStop => {
  const [tool = '', ...words] = stop.command.words;
  const { id, label } = stop.cause;
  return wayOf({
    steps: [
      {
        verb: stop.verb,
        target: stop.target,
        pid: process.pid,
        command: shellCommand(tool, ...words),
        why: `${label}: ended otherwise, it would be started again`,
        action: { kind: 'tool', tool, words, environment: stop.environment ?? {} },
      },
    ],
    ends: [process.pid],
    restartedBy: { id, label, evidence: [`process ${stop.cause.pid} shows it`], stopped: true },
    left: [stop.left],
  });
};

/** A manager that holds the socket itself: ending it ends all that it runs. */
export const sharedManager = (
  holder: HeldBy,
  facts: FreeingFacts,
  why: string,
): WayToStop | null => {
  const { pid } = holder.process;
  const tree = signalTree(pid, facts, {
    verb: 'signal',
    signal: 'SIGTERM',
    why: 'forced: it ends with all that it runs',
  });
  return tree && { ...tree, refusals: [{ id: 'shared-manager', pid, why }] };
};
