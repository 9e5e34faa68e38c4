import type { Certificate, PeerCertificate, TLSSocket } from 'node:tls';
import type { TlsFacts } from '../../model/protocol.ts';
import type { TrustJudge } from './tls-trust.ts';

/**
 * What a handshake that has been made shows: version, ALPN, the certificate and what verification
 * says of it. Never throws.
 */
export const tlsFactsOf = (socket: TLSSocket, judgeTrust: TrustJudge): TlsFacts => {
  const certificate = socket.getPeerCertificate();
  const subject = nameOf(certificate.subject);
  const issuer = nameOf(certificate.issuer);
  return {
    version: socket.getProtocol() ?? 'unknown',
    alpn: typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : null,
    subject,
    issuer,
    names: alternativeNames(certificate),
    validFrom: isoTime(certificate.valid_from),
    validTo: isoTime(certificate.valid_to),
    selfSigned: subject !== '' && subject === issuer,
    fingerprint256: certificate.fingerprint256 ?? '',
    trust: judgeTrust(socket, certificate),
  };
};

/** A distinguished name as text, `CN=localhost, O=Homeport`; the certificate may lack one. */
const nameOf = (name: Certificate | undefined): string =>
  Object.entries(name ?? {})
    .map(([key, value]) => `${key}=${String(value)}`)
    .toReversed()
    .join(', ');

/**
 * The subjectAltName that Node prints as `DNS:a, IP Address:127.0.0.1`; values with a comma come
 * quoted as JSON.
 */
const alternativeNames = (certificate: PeerCertificate): readonly string[] => {
  const text = certificate.subjectaltname ?? '';
  const entries = text.match(/(?:DNS|IP Address|URI|email):(?:"(?:[^"\\]|\\.)*"|[^,]*)/g) ?? [];
  return entries.map((entry) => entry.slice(entry.indexOf(':') + 1));
};

const isoTime = (text: string | undefined): string => {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? 'unknown' : new Date(time).toISOString();
};
