import type { Evidence } from './listener.ts';

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
};

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
  | { readonly status: 'unrecognised'; readonly evidence: Evidence }
  /** Nothing was sent. */
  | { readonly status: 'not-probed'; readonly why: string }
  /** The connection itself failed. */
  | { readonly status: 'unreachable'; readonly why: string };
