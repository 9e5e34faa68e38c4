import type { Addresses } from '../explain/select.ts';
import { isKnown } from '../model/known.ts';
import { checkZone } from '../model/parse-target.ts';
import type { Problem } from '../model/problem.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { EndpointTarget, Target } from '../model/target.ts';
import type { LiveContext, OperationContext } from './operation.ts';

/** A target with the canonical addresses its host stands for. */
export type ResolvedTarget = {
  readonly target: Target;
  readonly addresses: Addresses;
  readonly problems: readonly Problem[];
};

/**
 * Finds the addresses a target's host stands for. `localhost` is 127.0.0.1 and ::1 (RFC 6761 6.3)
 * whatever a resolver says; other names are the resolver's. A name that it does not know is a
 * problem, not an error, and no other address takes its place. Nor is a name resolved for a snapshot:
 * what it means on this machine says nothing of the one that the snapshot was taken on.
 */
export const resolveTarget = async (
  context: OperationContext,
  target: Target,
  snapshot: Snapshot,
): Promise<ResolvedTarget> => {
  if (target.kind !== 'endpoint') return { target, addresses: null, problems: [] };
  if (target.zone !== null) {
    checkZone(
      target.zone,
      snapshot.interfaces.map(({ name }) => name),
    );
  }
  if (target.address !== null) return { target, addresses: [target.address], problems: [] };
  if (target.host === null || target.host === '*') return { target, addresses: null, problems: [] };
  if (target.host === 'localhost') {
    return { target, addresses: ['127.0.0.1', '::1'], problems: [] };
  }
  return context.snapshot === undefined
    ? await askResolver(context, target, target.host)
    : unresolved(target, 'unsupported', `a snapshot does not tell what ${target.host} resolves to`);
};

const askResolver = async (
  context: LiveContext,
  target: EndpointTarget,
  host: string,
): Promise<ResolvedTarget> => {
  const resolution = await context.host.resolve(host, context.signal);
  if (isKnown(resolution)) {
    const addresses = resolution.addresses.map(({ address }) => address);
    const note = `${host} is ${addresses.join(' and ')} for this machine's resolver`;
    return { target: { ...target, notes: [...target.notes, note] }, addresses, problems: [] };
  }
  const detail = `${host} has no address for this machine's resolver${resolution.why === undefined ? '' : `: ${resolution.why}`}`;
  return unresolved(target, resolution.unknown, detail);
};

const unresolved = (
  target: EndpointTarget,
  reason: Problem['reason'],
  detail: string,
): ResolvedTarget => ({
  target,
  addresses: [],
  problems: [{ id: 'name-not-resolved', reason, detail }],
});
