import { nameIdentification } from './identification.ts';
import { readSafely } from './judging.ts';
import type { NamedIdentification, ProbeTarget, ProtocolProbe } from './protocol-probe.ts';

/** `identification` null: it may be this kind, its own hello will tell. */
export type Recognition = {
  readonly probe: ProtocolProbe;
  readonly identification: NamedIdentification | null;
};

/**
 * Which kind an answer to somebody else's hello belongs to: an HTTP server says `400` to a Redis
 * `PING`, a TLS server sends an alert to `GET /`. null where no kind knows it.
 */
export const recognise = (
  bytes: Uint8Array,
  kinds: readonly ProtocolProbe[],
  target: ProbeTarget,
): Recognition | null => {
  if (bytes.length === 0) return null;
  for (const probe of kinds) {
    if (probe.ambiguous === true) continue;
    const reading = readSafely(probe, bytes, target, true);
    if (reading === null || reading === 'more') continue;
    const seen = 'say' in reading ? reading.otherwise : reading;
    return { probe, identification: seen === null ? null : nameIdentification(seen, probe) };
  }
  return null;
};
