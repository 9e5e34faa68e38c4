import { isKnown, knownOr } from '../../../model/known.ts';
import type { HostsFile, NetworkFacts } from '../../../model/network.ts';
import { failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { addEntry, entriesOf, givesAddress, hostsLine } from '../../hosts-lines.ts';
import { judgeKnown, judgeNetwork } from '../../judge-known.ts';

/** hosts(5): without a line for it `localhost` is a name like any other, to be asked of servers. */
export const hostsFileLocalhost: Check<MachineFacts> = {
  id: 'hosts-file-localhost',
  title: 'the hosts file has localhost for 127.0.0.1',
  stage: 'name',
  explains: ['name-not-resolved'],
  judge: (facts) =>
    judgeNetwork(facts, (network) =>
      judgeKnown(network.hostsFile, 'the hosts file', (file) => {
        if (givesAddress(file, 'localhost', '127.0.0.1')) {
          return pass(`${file.path} has localhost for 127.0.0.1`);
        }
        const source = ownSource(network);
        return source !== null && isAnswered(facts)
          ? pass(`${file.path} leaves localhost to ${source}, which knows it by itself`)
          : missing(file, facts);
      }),
    ),
};

/** Sources that know localhost whatever the hosts file says: nss-myhostname(8), nss-resolve(8). */
const ownSource = ({ resolver }: NetworkFacts): string | null =>
  knownOr(resolver, null)?.sources.find((one) => one === 'myhostname' || one === 'resolve') ?? null;

const isAnswered = ({ localhost }: MachineFacts): boolean =>
  isKnown(localhost) && localhost.some(({ address }) => address === '127.0.0.1');

const missing = (file: HostsFile, facts: MachineFacts) =>
  failed({
    id: 'hosts-file-localhost',
    severity: isAnswered(facts) ? 'warning' : 'critical',
    title: `${file.path} does not give localhost the address 127.0.0.1: whether the name works is up to other servers`,
    evidence: [...linesOf(file), ...answerLine(facts)],
    actions: [addEntry(file, '127.0.0.1', 'localhost')],
  });

const linesOf = (file: HostsFile): readonly string[] => {
  const entries = entriesOf(file, 'localhost');
  return entries.length === 0
    ? [`no line of ${file.path} names localhost`]
    : entries.map((entry) => hostsLine(file, entry));
};

const answerLine = ({ localhost }: MachineFacts): readonly string[] =>
  isKnown(localhost)
    ? [`the resolver says ${localhost.map(({ address }) => address).join(', then ')}`]
    : [];
