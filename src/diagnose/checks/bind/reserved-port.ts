import type { Check } from '../../check.ts';
import { notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { judgeKnown } from '../../judge-known.ts';

/** Reserving keeps a port from outgoing connections; whoever asks for it still gets it (ip-sysctl). */
export const reservedPort: Check<EndpointFacts> = {
  id: 'reserved-port',
  title: 'a reserved port is no obstacle',
  stage: 'listener',
  explains: [],
  judge: ({ port, target }) =>
    target.port === 0
      ? notApplicable
      : judgeKnown(port.reserved, 'which ports are reserved', (reserved) =>
          pass(
            reserved
              ? `${target.port} is in ip_local_reserved_ports: that keeps outgoing connections from it, and lets servers bind it`
              : `${target.port} is not reserved`,
          ),
        ),
};
