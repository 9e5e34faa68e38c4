import { pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeKnown } from '../../judge-known.ts';

/** ip(7), `ip_unprivileged_port_start`: a fact that explains what bind(2) says, right either way. */
export const unprivilegedPorts: Check<MachineFacts> = {
  id: 'unprivileged-ports',
  title: 'which ports need root is known',
  stage: 'listener',
  explains: [],
  judge: ({ snapshot }) =>
    judgeKnown(snapshot.machine.unprivilegedPortStart, 'the first unprivileged port', (first) =>
      pass(
        first === 0
          ? 'every port can be bound without root'
          : `ports from ${first} on can be bound without root`,
      ),
    ),
};
