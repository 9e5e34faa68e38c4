import type { Action } from '../model/finding.ts';
import type { TlsFacts } from '../model/protocol.ts';
import { shellCommand } from '../model/shell-quote.ts';
import { byRoot } from './as-root.ts';
import { askedHost } from './asked.ts';
import type { EndpointFacts } from './facts.ts';

/** Who issued a certificate, as far as that tells how to get another one. */
export type Issuer =
  | 'mkcert'
  | 'caddy'
  | 'kubernetes'
  | 'lets-encrypt'
  | 'public'
  | 'itself'
  | 'unknown';

/** Tells it by the issuer's name, which anybody could have written: good enough for advice. */
export const issuerOf = ({ issuer, selfSigned }: TlsFacts): Issuer => {
  if (/\bmkcert\b/i.test(issuer)) return 'mkcert';
  if (/\bCaddy Local Authority\b/.test(issuer)) return 'caddy';
  if (/Let's Encrypt/.test(issuer)) return 'lets-encrypt';
  if (/\b(?:kubernetes|minikube|k3s|etcd-ca)/i.test(issuer)) return 'kubernetes';
  if (publicIssuers.test(issuer)) return 'public';
  return selfSigned ? 'itself' : 'unknown';
};

const publicIssuers =
  /\b(?:DigiCert|Sectigo|GlobalSign|ZeroSSL|Google Trust Services|Amazon|Entrust|GeoTrust|Thawte|RapidSSL|IdenTrust|Buypass|SSL\.com|GoDaddy|Starfield|Certum|Actalis|Cloudflare|Microsoft Azure)\b/i;

/** How to come to a new certificate for the host that was asked for; the surest way first. */
export const makeAnew = (facts: EndpointFacts, tls: TlsFacts): readonly Action[] => {
  if (issuerOf(tls) === 'lets-encrypt') {
    return [
      {
        label: 'have it renewed',
        ...byRoot('certbot', 'renew'),
        changes: 'replaces the certificates that are nearly over',
      },
      reload,
    ];
  }
  const names = [...new Set([askedHost(facts), ...tls.names, 'localhost', '127.0.0.1', '::1'])];
  return [
    {
      label: 'make a new one that this machine trusts, with mkcert',
      command: `mkcert -install && ${shellCommand('mkcert', ...names.filter(isName))}`,
      changes:
        "writes a certificate and its key into this folder, and adds mkcert's authority to the system's store",
    },
    reload,
  ];
};

const reload: Action = {
  label: 'then restart or reload the server: most read a certificate at their start alone',
  command: null,
};

/** A name of a certificate is text from outside: options are none. */
const isName = (name: string): boolean => /^[\w*][\w.*:-]*$|^::/.test(name);
