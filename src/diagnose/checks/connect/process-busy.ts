import { shellCommand } from '../../../model/shell-quote.ts';
import type { Check } from '../../check.ts';
import { describeProcess } from '../../describe-process.ts';
import type { EndpointFacts } from '../../facts.ts';
import { silences } from '../../failure-groups.ts';
import { explainProcess } from '../../show-process.ts';
import { standstillCheck } from '../../standstill.ts';
import { isWaitedFor } from '../../waiting.ts';

/**
 * The share of one core from which on a process computes all the time: as the kernel counts by ticks,
 * a tenth is lost. Where it shares the core with others it gets less, and is always ready to run.
 */
const wholeCore = 0.85;
const halfCore = 0.4;

/** The server computes without a pause and does not come to accept: an endless loop, or long work. */
export const processBusy: Check<EndpointFacts> = standstillCheck({
  id: 'process-busy',
  title: 'the process that accepts has time to',
  explains: silences,
  isStill: ({ pid, state }, { processorShares }) =>
    (processorShares[pid] ?? 0) >= (state === 'R' ? halfCore : wholeCore),
  mayBeOf: isWaitedFor,
  otherwise: 'no connection waits for a process that uses a whole core',
  unseen: (processes, { processorShares }) =>
    processes.some(({ pid }) => processorShares[pid] !== undefined)
      ? null
      : 'how busy the process is was not watched',
  says: (server) => `${server} computes without a pause`,
  evidence: ({ pid, threads }, facts) =>
    `${describeProcess(pid, facts)} used ${Math.round((facts.processorShares[pid] ?? 0) * 100)} % of a core while it was watched (${threads} ${threads === 1 ? 'thread' : 'threads'})`,
  benignCauses: ['it builds or starts, and answers when that is done'],
  actions: ({ pid }) => [
    {
      label: 'see which of its threads it is',
      command: shellCommand('top', '-H', '-b', '-n', '1', '-p', `${pid}`),
    },
    explainProcess(pid, 'see why it runs, and its log'),
  ],
});
