import { readSafely } from './judging.ts';
import type { Identification, ProbeTarget, ProtocolProbe } from './protocol-probe.ts';

/**
 * Which kind an answer to somebody else's hello belongs to: an HTTP server says `400` to a Redis
 * `PING`, a TLS server sends an alert to `GET /`. null where no kind knows it.
 */
export const recognise = (
  bytes: Uint8Array,
  kinds: readonly ProtocolProbe[],
  target: ProbeTarget,
): { readonly probe: ProtocolProbe; readonly identification: Identification } | null => {
  if (bytes.length === 0) return null;
  for (const probe of kinds) {
    if (probe.ambiguous === true) continue;
    const reading = readSafely(probe, bytes, target, true);
    if (reading === null || reading === 'more') continue;
    const identification = 'say' in reading ? reading.otherwise : reading;
    if (identification !== null) return { probe, identification };
  }
  return null;
};
