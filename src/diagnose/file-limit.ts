import type { Action } from '../model/finding.ts';
import { knownOr } from '../model/known.ts';
import type { Process } from '../model/process.ts';
import { byOwner, byRoot } from './as-root.ts';
import type { MachineFacts } from './facts.ts';

/**
 * To let a running process open more files (prlimit(1)): twice as many as `limit`, its soft limit, and
 * no fewer than systems give by default. Up to its hard limit its owner may; beyond it root alone.
 */
export const raiseFileLimit = (
  process: Process,
  limit: number,
  facts: Pick<MachineFacts, 'asker'>,
): Action => {
  const wanted = Math.max(leastLimit, 2 * limit);
  const hard = knownOr(process.files.hardLimit ?? null, null);
  if (hard !== null && hard <= limit) {
    return {
      label:
        'let it open more while it runs; its hard limit is no higher, and only root raises that (CAP_SYS_RESOURCE)',
      ...byRoot(...prlimit(process, `${wanted}:${wanted}`)),
      changes: `its soft and hard limit are ${wanted} until it ends`,
    };
  }
  const soft = hard === null ? wanted : Math.min(wanted, hard);
  return {
    label: 'let it open more while it runs',
    ...byOwner(process, facts, ...prlimit(process, `${soft}:`)),
    changes: `its soft limit is ${soft} until it ends${hard === null ? '; beyond its hard limit only root may go' : ''}`,
  };
};

/** What systemd and most distributions give a program. */
const leastLimit = 1024;

const prlimit = ({ pid }: Process, limits: string): readonly string[] => [
  'prlimit',
  '--pid',
  `${pid}`,
  `--nofile=${limits}`,
];
