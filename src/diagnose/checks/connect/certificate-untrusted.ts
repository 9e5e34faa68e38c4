import { knownOr } from '../../../model/known.ts';
import type { TlsFacts, TlsTrust } from '../../../model/protocol.ts';
import { answererAt, certificateEvidence, judgeCertificate } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { issuerOf } from '../../make-certificate.ts';
import { trustActions } from '../../trust-certificate.ts';

/** Nobody whom clients believe vouches for the certificate (RFC 5280 6). */
export const certificateUntrusted: Check<EndpointFacts> = {
  id: 'certificate-untrusted',
  title: 'a known authority vouches for the certificate',
  stage: 'tls',
  explains: ['tls-untrusted'],
  judge: (facts) =>
    judgeCertificate(facts, (tls) => {
      const { trust } = tls;
      if (trust === undefined) return couldNotCheck('nobody was asked who vouches for it');
      if (trust.authorized) return pass(`${tls.issuer} vouches for it`);
      return isOfTime(trust) ? notApplicable : found(facts, tls, trust);
    }),
};

/** The two checks of its dates tell these. */
const isOfTime = ({ error }: TlsTrust): boolean =>
  error === 'CERT_HAS_EXPIRED' || error === 'CERT_NOT_YET_VALID';

const found = (facts: EndpointFacts, tls: TlsFacts, trust: TlsTrust) =>
  failed({
    id: 'certificate-untrusted',
    severity: 'warning',
    title: `${answererAt(facts)} shows a certificate ${reasonOf(tls, trust)}`,
    evidence: [
      ...certificateEvidence(tls),
      `verification says ${trust.error ?? 'no'}`,
      ...storesEvidence(trust),
      ...extraEvidence(facts),
    ],
    benignCauses: tls.selfSigned ? ['a certificate for development, as most dev servers make'] : [],
    actions: incomplete(tls, trust) ? sendAll : trustActions(facts, tls).slice(0, 3),
  });

/** What is wrong with who vouches, as the end of a sentence. */
const reasonOf = (tls: TlsFacts, trust: TlsTrust): string => {
  if (trust.systemTrusts === true) {
    return "that the system's store vouches for, and the lists that Node, Java and Python's certifi bring along do not";
  }
  const { error } = trust;
  if (error === 'DEPTH_ZERO_SELF_SIGNED_CERT') return 'that it has signed itself';
  if (incomplete(tls, trust)) {
    return `of ${tls.issuer} and does not send the intermediate certificate that leads to a known authority`;
  }
  if (error === null || !issuerErrors.has(error)) return `that verification refuses: ${error}`;
  return error === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'
    ? `of ${tls.issuer}, which no list of this machine knows: a private authority, or intermediate certificates that are not sent`
    : `of ${tls.issuer}, a private authority that no list of this machine knows`;
};

const issuerErrors: ReadonlySet<string> = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** A public authority never signs with its root: where only the last one came, the rest is missing. */
const incomplete = (tls: TlsFacts, { error }: TlsTrust): boolean =>
  error === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' &&
  (issuerOf(tls) === 'public' || issuerOf(tls) === 'lets-encrypt');

const sendAll = [
  {
    label:
      'give the server the whole chain (`fullchain.pem`: its own certificate first, then the intermediate ones): `ssl_certificate` of nginx, `SSLCertificateFile` of Apache, `cert` of Node',
    command: null,
  },
];

const storesEvidence = ({ systemTrusts }: TlsTrust): readonly string[] => {
  if (systemTrusts === undefined) return [];
  return [`the system's own store ${systemTrusts ? 'vouches' : 'does not vouch'} for it`];
};

/** A file that can't be read is left out by Node with no more than a warning. */
const extraEvidence = ({ asker }: EndpointFacts): readonly string[] => {
  const extra = knownOr(asker, null)?.extraCaCerts ?? null;
  if (extra === null) return [];
  return [
    `NODE_EXTRA_CA_CERTS is ${extra.path}, which ${extra.readable ? 'does not vouch for it' : 'can not be read'}`,
  ];
};
