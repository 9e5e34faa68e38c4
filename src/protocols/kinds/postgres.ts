import { identified } from '../identification.ts';
import type { ByteProbe, Identification, Reading } from '../protocol-probe.ts';
import { cursorOver } from '../wire/cursor.ts';

/** Length 8, then the code: 1234.5679 asks for TLS, 1234.5680 for GSSAPI encryption. */
const sslRequest = Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f);
const gssEncRequest = Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x30);

const S = 0x53;
const N = 0x4e;
const G = 0x47;
const E = 0x45;

/**
 * PostgreSQL and what speaks its wire protocol (CockroachDB, PgBouncer …): SSLRequest, answered by
 * one byte, and after `N` GSSENCRequest, answered by one byte again.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL
 *
 * No StartupMessage is sent. It would give the version, but it is an attempt to log in: one with an
 * impossible protocol version or user leaves a FATAL line in the server's log. A client that leaves
 * after these two requests leaves no line at all.
 */
export const postgres: ByteProbe = {
  id: 'postgres',
  name: 'PostgreSQL wire protocol',
  hints: ['postgresql', 'cockroach', 'pgbouncer'],
  ports: [5432, 5433, 26_257, 6432],
  ambiguous: true,
  hello: () => sslRequest,
  read: (bytes) => {
    if (bytes[0] === E) return readError(bytes);
    if (bytes[0] === S) return bytes.length === 1 ? tlsOffered : null;
    if (bytes[0] !== N) return null;
    if (bytes.length === 1) return { say: gssEncRequest, otherwise: refusedTls };
    return readGssAnswer(bytes);
  },
};

const tlsOffered = identified({
  details: { tls: 'offered' },
  evidence: ['answers SSLRequest with S'],
});

const refusedTls = identified({
  details: { tls: 'not offered' },
  evidence: ['answers SSLRequest with N'],
});

const readGssAnswer = (bytes: Uint8Array): Identification | null => {
  const answer = bytes[1];
  // Servers from before version 12 know no GSSENCRequest and answer with an error.
  const known = answer === E || (bytes.length === 2 && (answer === N || answer === G));
  return known
    ? { ...refusedTls, evidence: [...refusedTls.evidence, 'answers GSSENCRequest as well'] }
    : null;
};

/** ErrorResponse: `E`, a length, then fields of a type byte and a text, the severity first. */
const readError = (bytes: Uint8Array): Reading => {
  const cursor = cursorOver(bytes, 1);
  const length = cursor.u32();
  if (cursor.short()) return 'more';
  if (length < 6 || length > 4_096) return null;
  if (bytes.length < 1 + length) return 'more';
  const severity = cursor.text(1);
  return severity === 'S'
    ? identified({ evidence: ['answers SSLRequest with an ErrorResponse'] })
    : null;
};
