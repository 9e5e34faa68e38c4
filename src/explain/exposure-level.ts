import type { Exposure, ExposureLevel } from '../model/listener.ts';

/**
 * The widest of several exposures, the first of equals; null for none. `unknown` is wider than what
 * stays on this machine and narrower than what is known to leave it.
 */
export const widestExposure = (exposures: readonly Exposure[]): Exposure | null =>
  exposures.reduce<Exposure | null>(
    (widest, exposure) =>
      widest === null || rank[exposure.level] > rank[widest.level] ? exposure : widest,
    null,
  );

/** The widest of several levels, in the order of `widestExposure`; there must be one. */
export const widestLevel = (levels: readonly ExposureLevel[]): ExposureLevel =>
  levels.reduce((widest, level) => (rank[level] > rank[widest] ? level : widest));

/** Adds what was not judged, where it could narrow the answer. */
export const withFirewallReason = (exposure: Exposure): Exposure =>
  rank[exposure.level] > rank.unknown
    ? { ...exposure, reasons: [...exposure.reasons, 'the firewall was not looked at'] }
    : exposure;

const rank: Readonly<Record<ExposureLevel, number>> = {
  'this-container': 0,
  'this-machine': 1,
  unknown: 2,
  'local-network': 3,
  'anyone-routed': 4,
};
