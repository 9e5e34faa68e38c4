import { isKnown } from '../../../model/known.ts';
import { isLoopback } from '../../../model/scope.ts';
import { askedEndpoint } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { isDeadProxy, type ProxySetting, proxySettings } from '../../proxy-settings.ts';
import { unsetProxies } from '../../unset-proxies.ts';

/** A refused connection to a proxy looks like one to the server: the message names the proxy. */
export const targetIsProxy: Check<EndpointFacts> = {
  id: 'target-is-proxy',
  title: 'the endpoint is no proxy that is not there',
  stage: 'route',
  explains: ['connection-refused', 'proxy-error'],
  judge: (facts) => {
    const { asker, target, symptom } = facts;
    if (target.transport === 'udp' || symptom.role === 'server') return notApplicable;
    if (!isKnown(asker)) return couldNotCheck('the environment of who asks could not be read');
    const proxy = proxySettings(asker.proxies, null).find(
      (one) => one.port === target.port && isTarget(one, facts),
    );
    if (proxy === undefined) return pass(`no proxy variable names ${askedEndpoint(facts)}`);
    if (isDeadProxy(proxy, facts) !== true) return notApplicable;
    return failed({
      id: 'target-is-proxy',
      severity: 'critical',
      title: `${askedEndpoint(facts)} is the proxy of ${proxy.name}, and nothing listens there`,
      evidence: [`${proxy.name}=${proxy.value} in the environment of this shell`],
      actions: [
        unsetProxies(asker.proxies, 'this shell', 'ask no proxy at all'),
        { label: 'start the proxy again', command: null },
      ],
    });
  },
};

const isTarget = ({ host }: ProxySetting, { target, addresses }: EndpointFacts): boolean =>
  host === target.host ||
  (host === 'localhost' && addresses.some((address) => isLoopback(address))) ||
  (target.host === null && isLoopback(host));
