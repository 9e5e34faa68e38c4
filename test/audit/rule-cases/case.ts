import type { RuleFacts } from '../../../src/audit/rule.ts';
import type { CheckResult, Severity } from '../../../src/model/finding.ts';
import type { UnixListener } from '../../../src/model/listener.ts';
import { listenerOf } from '../rule-facts.ts';

/** How a rule ends; a severity stands for `fail`. */
export type Outcome = Severity | Exclude<CheckResult['result'], 'fail'>;

export type Case = readonly [rule: string, when: string, outcome: Outcome, facts: RuleFacts];

export const denied = { unknown: 'denied' } as const;

const {
  transport: _transport,
  family: _family,
  address: _address,
  port: _port,
  v6only: _v6only,
  interface: _interface,
  ...shared
} = listenerOf();

export const unixListener: UnixListener = {
  ...shared,
  transport: 'unix',
  type: 'stream',
  path: '/run/x.sock',
  abstract: null,
};

export const unknownReach = listenerOf({
  exposure: { level: 'unknown', reasons: [], reachableVia: [] },
});
