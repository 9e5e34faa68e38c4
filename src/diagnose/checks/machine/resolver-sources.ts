import { byRoot } from '../../as-root.ts';
import { failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeKnown, judgeNetwork } from '../../judge-known.ts';

/** nsswitch.conf(5): the sources are asked in order, and the first that knows a name has said it. */
export const resolverSources: Check<MachineFacts> = {
  id: 'resolver-sources',
  title: 'localhost is looked up here before it is asked of name servers',
  stage: 'name',
  explains: ['name-not-resolved', 'connection-refused', 'timeout', 'unreachable'],
  judge: (facts) =>
    judgeNetwork(facts, ({ resolver }) =>
      judgeKnown(resolver, 'how names are resolved', ({ sources, nameservers }) => {
        const own = sources.findIndex((source) => ownSources.has(source));
        const servers = sources.indexOf('dns');
        const isOwnFirst = own !== -1 && (servers === -1 || own < servers);
        return isOwnFirst
          ? pass(`names are looked up in ${sources.join(', then ')}`)
          : outside(sources, nameservers);
      }),
    ),
};

/** Sources that know localhost by themselves: the hosts file, nss-resolve(8), nss-myhostname(8). */
const ownSources: ReadonlySet<string> = new Set(['files', 'resolve', 'myhostname']);

const outside = (sources: readonly string[], nameservers: readonly string[]) =>
  failed({
    id: 'resolver-sources',
    severity: 'warning',
    title: sources.includes('files')
      ? 'name servers are asked for localhost before the hosts file is'
      : 'the hosts file is never asked: what localhost means is up to name servers',
    evidence: [
      `hosts: ${sources.join(' ')} in /etc/nsswitch.conf`,
      ...nameservers.map((server) => `nameserver ${server} in /etc/resolv.conf`),
    ],
    actions: [
      {
        label: 'ask the hosts file first',
        ...byRoot(
          'sed',
          '-i.bak',
          String.raw`/^\s*hosts:/{s/\bfiles\b//;s/hosts:\s*/hosts: files /}`,
          '/etc/nsswitch.conf',
        ),
        changes:
          '`files` stands first in the hosts line of /etc/nsswitch.conf; the file as it was is kept as /etc/nsswitch.conf.bak',
      },
    ],
  });
