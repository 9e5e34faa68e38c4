import type { Exposure } from '../model/listener.ts';
import type { Namespace, UnixName } from '../model/socket.ts';
import { exposureElsewhere } from './exposure-elsewhere.ts';
import { exposureHere } from './exposure-here.ts';
import type { ExposureFacts } from './exposure-here.ts';
import { withFirewallReason } from './exposure-level.ts';
import { publishingReasons } from './exposure-published.ts';

export { widestExposure } from './exposure-level.ts';
export type { ExposureFacts } from './exposure-here.ts';

/**
 * Who can reach a listener, and through which endpoints. Pure in its facts: equal facts give an
 * equal answer, so callers may keep answers. It judges bound addresses, interfaces and published
 * container ports; the firewall it does not see, and says so where that matters.
 */
export const exposureOf = (facts: ExposureFacts): Exposure => {
  if (facts.namespace !== 'this') return withFirewallReason(exposureElsewhere(facts));
  const { level, reasons, reachableVia } = exposureHere(facts);
  return withFirewallReason({
    level,
    reasons: [...reasons, ...publishingReasons(facts)],
    reachableVia,
  });
};

/** Who can reach a unix socket: no other machine; an abstract one, no other network namespace (unix(7)). */
export const unixExposure = (name: UnixName, namespace: Namespace = 'this'): Exposure => {
  if (name.kind === 'path') {
    const reason =
      'a unix socket in the file system: processes of this machine that may write to its file';
    return { level: 'this-machine', reasons: [reason], reachableVia: [name.path] };
  }
  const level = namespace === 'this' ? 'this-machine' : 'this-container';
  const reason =
    'an abstract unix socket: every process of its network namespace, no file permission guards it';
  return {
    level,
    reasons: [reason],
    reachableVia: name.kind === 'abstract' ? [`@${name.name}`] : [],
  };
};
