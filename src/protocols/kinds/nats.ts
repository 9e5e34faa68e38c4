import { clip, identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { beginsWith, firstLine } from '../wire/bytes.ts';
import { parseJsonObject, textMember } from '../wire/json.ts';

/** NATS: greets with `INFO {json}`; https://docs.nats.io/reference/reference-protocols/nats-protocol */
export const nats: ByteProbe = {
  id: 'nats',
  name: 'NATS',
  hello: null,
  read: (bytes) => {
    const begins = beginsWith(bytes, 'INFO {');
    if (begins !== 'yes') return begins === 'more' ? 'more' : null;
    const line = firstLine(bytes, 32_768);
    if (line === null) return 'more';
    const info = parseJsonObject(line.slice('INFO '.length));
    const version = textMember(info, 'version');
    if (info === null || version === null) return null;
    return identified({
      version,
      server: clip(`nats-server ${version}`),
      authentication: info['auth_required'] === true ? 'required' : 'none',
      details: { tls: info['tls_required'] === true ? 'required' : 'not required' },
      evidence: [`greets with INFO of version ${clip(version)}`],
    });
  },
};
