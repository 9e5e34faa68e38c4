import { paneOf } from '../../../model/stop-command.ts';
import { signalStep } from '../signal-tree.ts';
import { type StopWay, wayOf } from '../stop-way.ts';

/**
 * What a person does in a tmux pane: Ctrl-C, which the terminal turns into SIGINT to every process of
 * the foreground job (termios(3), ISIG). The pane's shell leads another group and stays.
 */
export const interruptForegroundJob: StopWay = {
  id: 'interrupt-foreground-job',
  plan: (holder, facts) => {
    const pane = paneOf(holder);
    const { processGroup, session, tty } = holder.process;
    if (pane === null || tty === 0) return null;
    const job = facts.processes.filter(
      (one) => one.processGroup === processGroup && one.session === session && one.state !== 'Z',
    );
    if (!job.some(({ pid }) => pid === holder.process.pid)) return null;
    const why = `what Ctrl-C does in tmux pane ${pane}, whose shell stays`;
    return wayOf({
      steps: job
        .toSorted((a, b) => a.startTicks - b.startTicks || a.pid - b.pid)
        .map((one) =>
          signalStep(one, facts, {
            verb: 'interrupt-foreground-job',
            signal: 'SIGINT',
            why,
            leads: true,
          }),
        ),
      ends: job.map(({ pid }) => pid),
      left: [`tmux pane ${pane} stays open, unless the job was all that it ran`],
    });
  },
};
