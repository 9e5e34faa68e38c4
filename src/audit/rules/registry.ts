import type { Rule } from '../rule.ts';
import { acceptQueueNearlyFull } from './accept-queue-nearly-full.ts';
import { boundWiderThanNeeded } from './bound-wider-than-needed.ts';
import { databaseWithoutAuthentication } from './database-without-authentication.ts';
import { debuggerOnLoopback } from './debugger-on-loopback.ts';
import { debuggerReachable } from './debugger-reachable.ts';
import { deletedExecutable } from './deleted-executable.ts';
import { dockerApiWithoutTls } from './docker-api-without-tls.ts';
import { rootAndReachable } from './root-and-reachable.ts';
import { stoppedListener } from './stopped-listener.ts';
import { temporaryExecutable } from './temporary-executable.ts';
import { zombieOwner } from './zombie-owner.ts';

/** Every rule, in the order of their results: who can get in, what does not work, what is unusual. */
export const rules: readonly Rule[] = [
  databaseWithoutAuthentication,
  dockerApiWithoutTls,
  debuggerReachable,
  debuggerOnLoopback,
  boundWiderThanNeeded,
  rootAndReachable,
  acceptQueueNearlyFull,
  stoppedListener,
  zombieOwner,
  deletedExecutable,
  temporaryExecutable,
];
