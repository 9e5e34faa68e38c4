import { describe, expect, test } from 'vitest';
import { certificateExpired } from '../../../src/diagnose/checks/connect/certificate-expired.ts';
import { certificateNotYetValid } from '../../../src/diagnose/checks/connect/certificate-not-yet-valid.ts';
import { certificateUntrusted } from '../../../src/diagnose/checks/connect/certificate-untrusted.ts';
import { certificateWrongName } from '../../../src/diagnose/checks/connect/certificate-wrong-name.ts';
import type { TlsFacts } from '../../../src/model/protocol.ts';
import { foundBy, message, outcome, served, soundTls, spoken } from './connect-outcome.ts';

const withTls = (tls: Partial<TlsFacts>, text = 'https://localhost:8443') =>
  served(text, spoken('http1', { tls: soundTls(tls) }));

const trust = (error: string, more: object = {}) => ({
  trust: { authorized: false, error, nameMatches: true, ...more },
});

const certificateChecks = [
  certificateExpired,
  certificateNotYetValid,
  certificateWrongName,
  certificateUntrusted,
];

test('a sound certificate passes all four', () => {
  const results = certificateChecks.map((check) => outcome(check, withTls({})).result);
  expect(results).toEqual(['pass', 'pass', 'pass', 'pass']);
});

test('where nothing was asked, or no TLS is spoken, nothing is judged', () => {
  const notAsked = served('https://localhost:8443', { status: 'not-probed', why: 'not asked to' });
  const plain = served('https://localhost:8443', spoken('http1'));
  for (const check of certificateChecks) {
    expect(outcome(check, notAsked).result).toBe('unknown');
    expect(outcome(check, plain).result).toBe('not-applicable');
  }
});

describe('dates', () => {
  test('over', () => {
    const finding = foundBy(certificateExpired, withTls({ validTo: '2026-11-20T12:00:00.000Z' }));
    expect(finding.title).toMatch(
      /^the certificate of .*pid 101.* at localhost:8443 expired on 2026-11-20$/,
    );
    expect(finding.evidence).toContain("this machine's clock says 2026-11-21T12:00:00Z");
    expect(finding.actions[0]?.command).toBe('mkcert -install && mkcert localhost 127.0.0.1 ::1');
  });

  test('over in the chain', () => {
    expect(foundBy(certificateExpired, withTls(trust('CERT_HAS_EXPIRED'))).title).toMatch(
      /is vouched for by one that has expired$/,
    );
  });

  test("of Let's Encrypt: have it renewed", () => {
    const facts = withTls({
      validTo: '2026-11-20T12:00:00.000Z',
      issuer: "CN=R11, O=Let's Encrypt, C=US",
    });
    expect(foundBy(certificateExpired, facts).actions[0]).toMatchObject({
      command: 'sudo certbot renew',
      needsRoot: true,
    });
  });

  test('a minute before the end is not over, and one that can not be read is not judged', () => {
    const soon = withTls({ validTo: '2026-11-21T12:01:00.000Z' });
    expect(outcome(certificateExpired, soon).result).toBe('pass');
    expect(outcome(certificateExpired, withTls({ validTo: 'unknown' })).result).toBe('unknown');
    expect(outcome(certificateNotYetValid, withTls({ validFrom: 'unknown' })).result).toBe(
      'unknown',
    );
  });

  test('not begun', () => {
    const later = withTls({ validFrom: '2026-11-21T12:01:00.000Z' });
    expect(foundBy(certificateNotYetValid, later)).toMatchObject({
      title: expect.stringContaining('is valid from 2026-11-21T12:01:00Z on, not yet'),
      actions: [{ command: 'timedatectl' }, {}],
    });
    expect(outcome(certificateNotYetValid, withTls(trust('CERT_NOT_YET_VALID'))).result).toBe(
      'fail',
    );
    const now = withTls({ validFrom: '2026-11-21T11:59:00.000Z' });
    expect(outcome(certificateNotYetValid, now).result).toBe('pass');
  });
});

describe('the name', () => {
  const wrong = { trust: { authorized: true, error: null, nameMatches: false } };

  test('of another host: a name that it has is offered where it leads here too', () => {
    const facts = withTls({ ...wrong, names: ['localhost'] }, 'https://127.0.0.1:8443');
    const finding = foundBy(certificateWrongName, facts);
    expect(finding.title).toMatch(/does not hold for 127\.0\.0\.1$/);
    expect(finding.evidence).toContain('asked for 127.0.0.1');
    expect(finding.actions.map(({ command }) => command)).toContain(
      'curl -i https://localhost:8443/',
    );
  });

  test('of another host altogether: a new one is made for the name that was asked for', () => {
    const finding = foundBy(certificateWrongName, withTls({ ...wrong, names: ['shop.example'] }));
    expect(finding.actions[0]?.command).toBe(
      'mkcert -install && mkcert localhost shop.example 127.0.0.1 ::1',
    );
  });

  test('in the subject alone', () => {
    expect(foundBy(certificateWrongName, withTls({ names: [] })).title).toMatch(
      /in the subject alone, where clients no longer look$/,
    );
  });

  test('is not judged where nobody named a host, or nobody compared', () => {
    expect(outcome(certificateWrongName, withTls(wrong, ':8443')).result).toBe('not-applicable');
    const { trust: _, ...older } = soundTls();
    const facts = served('https://localhost:8443', spoken('http1', { tls: older }));
    expect(outcome(certificateWrongName, facts).result).toBe('unknown');
    expect(outcome(certificateUntrusted, facts).result).toBe('unknown');
  });

  test('a name of the certificate never becomes an option or shell words', () => {
    const names = ['-install', '$(reboot)', 'ok.test'];
    const { actions } = foundBy(certificateWrongName, withTls({ ...wrong, names }));
    expect(actions[0]?.command).toBe('mkcert -install && mkcert localhost ok.test 127.0.0.1 ::1');
  });
});

describe('who vouches', () => {
  const title = (tls: Partial<TlsFacts>) => foundBy(certificateUntrusted, withTls(tls)).title;

  test('nobody: it has signed itself', () => {
    const tls = {
      selfSigned: true,
      issuer: 'CN=localhost',
      ...trust('DEPTH_ZERO_SELF_SIGNED_CERT'),
    };
    const finding = foundBy(certificateUntrusted, withTls(tls));
    expect(finding.title).toMatch(/shows a certificate that it has signed itself$/);
    expect(finding.actions).toHaveLength(3);
    expect(finding.actions[0]?.command).toBe(
      'openssl s_client -connect localhost:8443 -servername localhost </dev/null 2>/dev/null | openssl x509 > ./homeport-ca.pem',
    );
    expect(finding.actions[1]?.command).toBe('export NODE_EXTRA_CA_CERTS="$PWD/homeport-ca.pem"');
  });

  test('a private authority, an incomplete chain, or something else', () => {
    expect(title(trust('SELF_SIGNED_CERT_IN_CHAIN'))).toMatch(
      /of CN=Good Authority, a private authority that no list of this machine knows$/,
    );
    expect(title(trust('UNABLE_TO_VERIFY_LEAF_SIGNATURE'))).toMatch(
      /a private authority, or intermediate certificates that are not sent$/,
    );
    expect(
      title({
        issuer: "CN=R11, O=Let's Encrypt, C=US",
        ...trust('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
      }),
    ).toMatch(/does not send the intermediate certificate/);
    expect(title(trust('INVALID_PURPOSE'))).toMatch(/that verification refuses: INVALID_PURPOSE$/);
  });

  test('the file of an authority is saved where the server sends it, and asked for where not', () => {
    const actionsOf = (error: string) =>
      foundBy(certificateUntrusted, withTls(trust(error))).actions;
    expect(actionsOf('SELF_SIGNED_CERT_IN_CHAIN')[0]?.command).toBe(
      "openssl s_client -connect localhost:8443 -servername localhost -showcerts </dev/null 2>/dev/null | tac | sed '/BEGIN CERT/q' | tac | openssl x509 > ./homeport-ca.pem",
    );
    for (const error of ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY']) {
      const [first, second] = actionsOf(error);
      expect(first).toMatchObject({ command: null });
      expect(first?.label).toContain('take the certificate of CN=Good Authority from whoever runs');
      expect(second).toMatchObject({ command: null });
      expect(second?.label).toContain('NODE_EXTRA_CA_CERTS');
    }
  });

  test("the system does, Node's own list does not", () => {
    const facts = withTls(trust('UNABLE_TO_VERIFY_LEAF_SIGNATURE', { systemTrusts: true }));
    const finding = foundBy(certificateUntrusted, facts);
    expect(finding.title).toMatch(/that the system's store vouches for/);
    expect(finding.actions[0]?.command).toBe('export NODE_USE_SYSTEM_CA=1');
  });

  test('the advice is for the client of the message', () => {
    const commandFor = (ecosystem: string) => {
      const facts = served(
        'https://localhost:8443',
        spoken('http1', {
          tls: soundTls({ selfSigned: true, ...trust('DEPTH_ZERO_SELF_SIGNED_CERT') }),
        }),
        { facts: message('tls-untrusted', 'self-signed certificate', ecosystem) },
      );
      return foundBy(certificateUntrusted, facts).actions[1]?.command;
    };
    expect(commandFor('requests')).toMatch(/^export REQUESTS_CA_BUNDLE=/);
    expect(commandFor('java')).toMatch(
      /^keytool -importcert -cacerts .* -file \.\/homeport-ca\.pem$/,
    );
    expect(commandFor('curl')).toBe('curl --cacert ./homeport-ca.pem -i https://localhost:8443/');
    expect(commandFor('browser')).toMatch(/^certutil /);
    expect(commandFor('go')).toMatch(/^export SSL_CERT_FILE=/);
    expect(commandFor('docker')).toBe(
      'sudo install -D -m 644 ./homeport-ca.pem /etc/docker/certs.d/localhost:8443/ca.crt',
    );
    expect(commandFor('dotnet')).toMatch(/update-ca-certificates$/);
  });

  test('authorities with a command of their own', () => {
    const commandOf = (issuer: string) =>
      foundBy(
        certificateUntrusted,
        withTls({ issuer, ...trust('UNABLE_TO_VERIFY_LEAF_SIGNATURE') }),
      ).actions[0]?.command;
    expect(commandOf('CN=mkcert ann@box, O=mkcert development CA')).toMatch(/^mkcert -install && /);
    expect(commandOf('CN=Caddy Local Authority - ECC Intermediate')).toBe('caddy trust');
  });

  test('a file of further authorities that can not be read is told', () => {
    const facts = served(
      'https://localhost:8443',
      spoken('http1', { tls: soundTls(trust('SELF_SIGNED_CERT_IN_CHAIN')) }),
      { asker: { extraCaCerts: { path: '/gone/ca.pem', readable: false } } },
    );
    expect(foundBy(certificateUntrusted, facts).evidence).toContain(
      'NODE_EXTRA_CA_CERTS is /gone/ca.pem, which can not be read',
    );
  });

  test('dates are for the checks of dates', () => {
    expect(outcome(certificateUntrusted, withTls(trust('CERT_HAS_EXPIRED'))).result).toBe(
      'not-applicable',
    );
  });
});
