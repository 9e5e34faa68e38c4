import { byRoot } from '../../as-root.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeKnown, judgeNetwork } from '../../judge-known.ts';

/** ipv6(7): the default of IPV6_V6ONLY; most programs count on 0. */
export const bindv6only: Check<MachineFacts> = {
  id: 'bindv6only',
  title: 'servers on [::] take IPv4 connections too',
  stage: 'listener',
  explains: ['connection-refused'],
  judge: (facts) =>
    judgeNetwork(facts, ({ bindV6Only }) => {
      if (bindV6Only === null) return notApplicable;
      return judgeKnown(bindV6Only, 'net.ipv6.bindv6only', (only) =>
        only
          ? failed({
              id: 'bindv6only',
              severity: 'notice',
              title:
                'a server that listens on [::] does not answer at 127.0.0.1, unless it asks for that itself',
              evidence: ['net.ipv6.bindv6only is 1, where 0 is usual'],
              benignCauses: ['it was set on purpose, and servers listen on 0.0.0.0 too'],
              actions: [
                {
                  label: 'let servers that are started from now on take both',
                  ...byRoot('sysctl', '-w', 'net.ipv6.bindv6only=0'),
                  changes: 'new sockets on [::] take IPv4 too, until the machine restarts',
                },
              ],
            })
          : pass('a server on [::] takes IPv4 too, unless it says otherwise'),
      );
    }),
};
