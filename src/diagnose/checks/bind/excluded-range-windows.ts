import { bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';

/** Windows keeps ranges of ports for Hyper-V, WSL and others; bind fails there with WSAEACCES. */
export const excludedRangeWindows: Check<EndpointFacts> = {
  id: 'excluded-range-windows',
  title: 'the port is in no range that Windows excludes',
  stage: 'listener',
  explains: ['port-in-excluded-range'],
  judge: (facts) =>
    facts.symptom.class === 'port-in-excluded-range' ? found(facts) : notApplicable,
};

const found = (facts: EndpointFacts) => {
  const { text, port, transport } = bindQuestion(facts);
  return failed({
    id: 'excluded-range-windows',
    severity: 'warning',
    title: `Windows refuses ${text}: ${port} is in one of the port ranges that it keeps for itself, though nobody listens there`,
    evidence: [
      'the words of the message are those of Windows, which excludes ranges of ports (WSAEACCES 10013)',
      'Hyper-V, WSL and Docker Desktop reserve such ranges at each start, mostly from 49152 on',
      'this is Linux, which has no such ranges: what follows is to be run on the Windows side',
    ],
    benignCauses: ['the ranges change with each start of Windows: it may work after the next'],
    actions: [
      {
        label: `see the ranges, in a Windows terminal, and whether ${port} is in one`,
        command: `netsh interface ipv4 show excludedportrange protocol=${transport}`,
      },
      {
        label: `as an administrator: stop the Windows NAT, claim ${port} so that no range takes it again, and start it`,
        command: `net stop winnat && netsh interface ipv4 add excludedportrange protocol=${transport} startport=${port} numberofports=1 && net start winnat`,
        changes: `connections of WSL and containers break for a moment; ${port} stays for programs that ask for it`,
      },
      { label: 'give the server a port outside of these ranges', command: null },
    ],
  });
};
