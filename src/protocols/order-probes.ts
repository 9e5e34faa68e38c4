import type { ProtocolProbe } from './protocol-probe.ts';

/**
 * The probes in the order to ask them: hinted ones first, then those whose port it is, then the
 * rest, each group in the order given. Nothing is left out.
 */
export const orderProbes = (
  probes: readonly ProtocolProbe[],
  hints: readonly string[],
  port: number | null,
): readonly ProtocolProbe[] => {
  const rank = (probe: ProtocolProbe): number => {
    if (isHinted(probe, hints)) return 0;
    return port !== null && probe.ports?.includes(port) === true ? 1 : 2;
  };
  return probes.toSorted((one, other) => rank(one) - rank(other));
};

/** Whether a hint names the probe: its id, or one of its hints. */
export const isHinted = (probe: ProtocolProbe, hints: readonly string[]): boolean =>
  hints.some((hint) => hint === probe.id || probe.hints?.includes(hint) === true);
