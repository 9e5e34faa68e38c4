import type { X509Certificate } from 'node:crypto';
import type * as Tls from 'node:tls';
import type { TlsTrust } from '../../model/protocol.ts';

/** Says whether to trust the certificate that a socket was shown. */
export type TrustJudge = (socket: Tls.TLSSocket, certificate: Tls.PeerCertificate) => TlsTrust;

/** Judges by what `socket` met in its own handshake, and by the name or address `host` asked for. */
export const trustJudge =
  (tls: typeof Tls, host: string): TrustJudge =>
  (socket, certificate) => ({
    authorized: socket.authorized,
    error: socket.authorized ? null : codeOf(socket.authorizationError),
    nameMatches: tls.checkServerIdentity(bareHost(host), certificate) === undefined,
  });

/** The certificates that a server showed, its own first; at most ten. */
export const shownChain = (socket: Tls.TLSSocket): readonly X509Certificate[] => {
  const chain: X509Certificate[] = [];
  let next = socket.getPeerX509Certificate();
  while (next !== undefined && chain.length < longestChain && !isIn(chain, next)) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
};

const longestChain = 10;

const isIn = (chain: readonly X509Certificate[], one: X509Certificate): boolean =>
  chain.some(({ fingerprint256 }) => fingerprint256 === one.fingerprint256);

/**
 * Asks the system's store too where nobody vouches for a certificate by Node's list, since curl and
 * others go by that one. Reads the whole store, so that it takes about 0.1 s. Needs Node 22.15.
 */
export const withSystemTrust = async (
  trust: TlsTrust,
  chain: readonly X509Certificate[],
): Promise<TlsTrust> => {
  if (trust.authorized || trust.error === null || !issuerErrors.has(trust.error)) return trust;
  const [tls, crypto] = await Promise.all([import('node:tls'), import('node:crypto')]);
  const last = chain.at(-1);
  if (typeof tls.getCACertificates !== 'function' || last === undefined) return trust;
  const systemTrusts = tls
    .getCACertificates('system')
    .map((pem) => new crypto.X509Certificate(pem))
    .some((authority) => vouches(authority, last));
  return { ...trust, systemTrusts };
};

/** OpenSSL's words for a chain that leads to nobody known. */
const issuerErrors: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const vouches = (authority: X509Certificate, last: X509Certificate): boolean =>
  authority.fingerprint256 === last.fingerprint256 ||
  (last.checkIssued(authority) && last.verify(authority.publicKey));

/** Its type says Error; it holds the code, or the message where there is none. */
const codeOf = (error: unknown): string | null => {
  if (error instanceof Error) return error.message;
  return typeof error === 'string' ? error : null;
};

/** RFC 6874: a zone is of this machine alone, no certificate has it. */
const bareHost = (host: string): string => host.split('%')[0] ?? '';
