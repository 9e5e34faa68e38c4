import type { Evidence } from './listener.ts';

/**
 * What verification says of a certificate, as clients do it that refuse bad ones. `error`: OpenSSL's
 * code for the chain (X509_verify_cert_error_string(3)): `CERT_HAS_EXPIRED`,
 * `DEPTH_ZERO_SELF_SIGNED_CERT`, `UNABLE_TO_VERIFY_LEAF_SIGNATURE` …
 */
export type TlsTrust = {
  /** Whether Node's certificate authorities vouch for it, those of NODE_EXTRA_CA_CERTS included. */
  readonly authorized: boolean;
  readonly error: string | null;
  /** Whether it holds for the name or address that was asked for (RFC 9525). */
  readonly nameMatches?: boolean;
  /** Whether the system's own store vouches for it; left out where Node's do, or it was not read. */
  readonly systemTrusts?: boolean;
};

/** Facts of the certificate a TLS server showed. Times are ISO 8601. */
export type TlsFacts = {
  readonly version: string;
  readonly alpn: string | null;
  readonly subject: string;
  readonly issuer: string;
  readonly names: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  readonly selfSigned: boolean;
  readonly fingerprint256: string;
  /** Left out where it was not judged. */
  readonly trust?: TlsTrust;
};

/**
 * How a server behaves to which no handshake fits: it says nothing; it says what is not known; it
 * closes upon what is said to it, or at once, before a word.
 */
export type Conduct = 'silent' | 'answered' | 'closed' | 'closed-at-once';

/** What a gentle handshake showed. A port number alone identifies nothing. */
export type Protocol =
  | {
      readonly status: 'identified';
      /** A probe's id: `http1`, `postgres`, `ssh` … */
      readonly id: string;
      readonly name: string;
      readonly version: string | null;
      /** The server's own words: `nginx/1.22.1`, `OpenSSH_9.2p1`. */
      readonly server: string | null;
      /** An HTML page's title. */
      readonly title: string | null;
      readonly tls: TlsFacts | null;
      /** Whether it answers without credentials; null where that was not seen. */
      readonly authentication: 'none' | 'required' | null;
      /** Further facts, by name: `status` → `200`. */
      readonly details: Readonly<Record<string, string>>;
      readonly evidence: Evidence;
    }
  /** It accepts connections, and no handshake got an answer that is known. */
  | {
      readonly status: 'unrecognised';
      readonly evidence: Evidence;
      /** Left out where it was not seen. */
      readonly conduct?: Conduct;
    }
  /** Nothing was sent. */
  | { readonly status: 'not-probed'; readonly why: string }
  /** The connection itself failed. */
  | { readonly status: 'unreachable'; readonly why: string };
