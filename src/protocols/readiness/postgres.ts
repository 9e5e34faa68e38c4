import { identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { bytesOf } from '../wire/bytes.ts';
import { cursorOver } from '../wire/cursor.ts';

const parameters = bytesOf('user\0postgres\0application_name\0homeport\0\0');

/** Length, protocol 3.0, parameters: the first words of every session. */
const startupMessage = Buffer.alloc(8 + parameters.length);
startupMessage.writeUInt32BE(startupMessage.length, 0);
startupMessage.writeUInt32BE(196_608, 4);
startupMessage.set(parameters, 8);

/** `X` and its length: the proper end of a session (Terminate). */
const terminate = Uint8Array.of(0x58, 0, 0, 0, 4);

const R = 0x52;
const E = 0x45;

/**
 * PostgreSQL answers SSLRequest before it serves: only a StartupMessage is refused then, with SQLSTATE
 * 57P03 (cannot_connect_now), while it starts, recovers or shuts down. Any other answer is that of a
 * server that serves, also one that knows no user `postgres` or wants a password.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-START-UP
 *
 * It is an attempt to log in, which the server may log in one line, as it does for pg_isready: so only
 * who waits asks it.
 */
export const postgres: ByteProbe = {
  id: 'postgres',
  name: 'PostgreSQL StartupMessage',
  ambiguous: true,
  hello: () => startupMessage,
  read: (bytes, { ended }) => {
    if (bytes[0] === E) return readError(bytes, ended);
    if (bytes[0] !== R) return serves;
    if (bytes.length < 9) return 'more';
    return isLoggedIn(bytes) ? { say: terminate, otherwise: serves } : serves;
  },
};

const serves = identified({ evidence: ['answers a StartupMessage'] });

/** AuthenticationOk: `R`, length 8, 0. The others ask for a password, and hear no more. */
const isLoggedIn = (bytes: Uint8Array): boolean => {
  const cursor = cursorOver(bytes, 1);
  return cursor.u32() === 8 && cursor.u32() === 0;
};

/** ErrorResponse: `E`, a length, then fields of a type byte and a text: `C` is the SQLSTATE, `M` the message. */
const readError = (bytes: Uint8Array, ended: boolean) => {
  const cursor = cursorOver(bytes, 1);
  const length = cursor.u32();
  if (bytes.length < 1 + length && !ended) return 'more';
  const fields = new Map<string, string>();
  for (let type = cursor.text(1); type !== '\0' && !cursor.short(); type = cursor.text(1)) {
    fields.set(type, cursor.cString());
  }
  const message = fields.get('M') ?? '';
  return fields.get('C') === '57P03'
    ? identified({
        details: { notReady: message === '' ? 'it accepts no sessions now' : message },
        evidence: ['refuses a StartupMessage with SQLSTATE 57P03'],
      })
    : serves;
};
