import { identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';

/** CONNECT, 12 bytes after the length: "MQTT", level 127, clean session, 0 s, an empty client id. */
const connect = Uint8Array.of(0x10, 12, 0, 4, 0x4d, 0x51, 0x54, 0x54, 0x7f, 2, 0, 0, 0, 0);

const connack = 0x20;
const refusals: ReadonlySet<number> = new Set([0x01, 0x84]);

/**
 * MQTT: CONNECT with a protocol level that no broker knows. The broker has to refuse it with CONNACK
 * (0x01, in version 5 0x84) and to hang up (MQTT 3.1.1, 3.1.2.2), so that no session ever begins.
 * A level it knows would show whether it wants credentials, but it would be a log-in.
 */
export const mqtt: ByteProbe = {
  id: 'mqtt',
  name: 'MQTT',
  hints: ['mosquitto', 'emqx', 'mqtts'],
  ports: [1883],
  ambiguous: true,
  hello: () => connect,
  read: (bytes) => {
    if (bytes[0] !== connack) return null;
    if (bytes.length < 2) return 'more';
    const [, length = 0, flags, code = 0] = bytes;
    if (length < 2 || length > 16 || bytes.length > 2 + length) return null;
    if (bytes.length < 2 + length) return 'more';
    if (flags !== 0 || !refusals.has(code)) return null;
    return identified({ evidence: ['refuses an unknown protocol level with CONNACK'] });
  },
};
