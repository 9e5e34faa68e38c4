import { isKnown } from '../model/known.ts';
import { askedHost } from './asked.ts';
import type { EndpointFacts } from './facts.ts';
import { isDeadProxy, isExempt, type ProxySetting, proxySettings } from './proxy-settings.ts';
import { speaksHttp } from './protocol-names.ts';

/** What tells where the environment sends a client of the endpoint. */
export type Environment = Pick<
  EndpointFacts,
  'asker' | 'target' | 'listeners' | 'snapshot' | 'attempts' | 'protocol' | 'expected'
>;

/**
 * The proxy of this machine to which the environment of who asks sends clients of the endpoint, and
 * at which nothing listens; null: there is none. HTTP_PROXY in capitals does not count: curl and wget
 * pass it by for http:// (RFC 3875 4.1.18). Pure.
 */
export const deadProxyOf = (facts: Environment): ProxySetting | null => {
  const { asker, target } = facts;
  const scheme = schemeOf(facts);
  if (
    scheme === null ||
    !isKnown(asker) ||
    isExempt(asker.proxies, askedHost(facts), target.port)
  ) {
    return null;
  }
  const [first] = proxySettings(asker.proxies, scheme).filter(({ name }) => name !== 'HTTP_PROXY');
  return first !== undefined && isDeadProxy(first, facts) === true ? first : null;
};

/** Of the client; where that is not told, of what the server speaks. */
const schemeOf = ({ expected, protocol: { value } }: Environment): 'http' | 'https' | null => {
  if (expected === 'http' || expected === 'https') return expected;
  if (expected !== null || value.status !== 'identified' || !speaksHttp(value)) return null;
  return value.tls === null ? 'http' : 'https';
};
