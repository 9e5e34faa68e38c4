import { knownOr } from '../../../model/known.ts';
import type { HostsFile } from '../../../model/network.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { addEntry, givesAddress } from '../../hosts-lines.ts';
import { judgeKnown, judgeNetwork } from '../../judge-known.ts';
import { loopbackIPv6 } from '../../loopback.ts';

/** No failure by itself: a server that listens on ::1 alone is then not reached by the name. */
export const hostsFileLocalhostIPv6: Check<MachineFacts> = {
  id: 'hosts-file-localhost-ipv6',
  title: 'the hosts file has localhost for ::1 where IPv6 is on',
  stage: 'name',
  explains: [],
  judge: (facts) =>
    judgeNetwork(facts, (network) => {
      if (loopbackIPv6(network) !== true) return notApplicable;
      return judgeKnown(network.hostsFile, 'the hosts file', (file) => {
        if (givesAddress(file, 'localhost', '::1')) {
          return pass(`${file.path} has localhost for ::1`);
        }
        return isAnswered(facts)
          ? pass(`${file.path} has no localhost for ::1, and the resolver says so all the same`)
          : missing(file);
      });
    }),
};

const isAnswered = ({ localhost }: MachineFacts): boolean =>
  knownOr(localhost, []).some(({ address }) => address === '::1');

const missing = (file: HostsFile) =>
  failed({
    id: 'hosts-file-localhost-ipv6',
    severity: 'notice',
    title: 'localhost means 127.0.0.1 alone: what listens on ::1 only is not reached by that name',
    evidence: [`no line of ${file.path} gives localhost the address ::1`],
    benignCauses: ['Ubuntu and many containers come with a hosts file like this'],
    actions: [addEntry(file, '::1', 'localhost')],
  });
