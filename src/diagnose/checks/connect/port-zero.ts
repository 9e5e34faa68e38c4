import type { Check } from '../../check.ts';
import { failed, notApplicable } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { refusals } from '../../failure-groups.ts';

/** Port 0 stands for "any free port" where a server binds (ip(7)); nobody can be reached on it. */
export const portZero: Check<EndpointFacts> = {
  id: 'port-zero',
  title: 'the port is one that a server can have',
  stage: 'listener',
  explains: [...refusals, 'address-not-available'],
  judge: (facts) => (isAsked(facts) ? found : notApplicable),
};

/** A message that names a host alone leaves the port open, which is 0 in a target as well. */
const isAsked = ({ target, message }: EndpointFacts): boolean =>
  target.port === 0 && (message === null || message.endpoints.some(({ port }) => port === 0));

const found = failed({
  id: 'port-zero',
  severity: 'warning',
  title: 'port 0 is no port: nobody can listen on it, and nobody can be reached there',
  evidence: [
    'a server that binds port 0 gets a free port that the kernel picks (ip(7)): it says itself which',
    'nothing was tried: a connection to port 0 can not be made',
  ],
  benignCauses: [],
  actions: [
    { label: 'see which port the server got', command: 'homeport ls' },
    {
      label:
        'give the client the port that the server got: read it from the listening socket (`server.address().port` in Node, `getsockname()` elsewhere), or from the setting or variable that was meant to hold it',
      command: null,
    },
  ],
});
