import { describe, expect, test } from 'vitest';
import { clientCertificateWanted } from '../../../src/diagnose/checks/connect/client-certificate-wanted.ts';
import { httpToTls } from '../../../src/diagnose/checks/connect/http-to-tls.ts';
import { tlsHandshakeRefused } from '../../../src/diagnose/checks/connect/tls-handshake-refused.ts';
import { tlsNotOffered } from '../../../src/diagnose/checks/connect/tls-not-offered.ts';
import { tlsToHttp } from '../../../src/diagnose/checks/connect/tls-to-http.ts';
import { tlsVersionMismatch } from '../../../src/diagnose/checks/connect/tls-version-mismatch.ts';
import {
  answered,
  foundBy,
  message,
  outcome,
  served,
  soundTls,
  spoken,
  told,
} from './connect-outcome.ts';

const overTls = spoken('http1', { name: 'HTTP/1.1 over TLS', tls: soundTls() });
const plain = spoken('http1', { name: 'HTTP/1.1' });

describe('plain HTTP to TLS', () => {
  test('by the URL', () => {
    const finding = foundBy(httpToTls, served('http://localhost:8443', overTls));
    expect(finding.title).toMatch(
      / at localhost:8443 speaks TLS, and plain HTTP is sent to it: https:\/\/localhost:8443\/ is right$/,
    );
    expect(finding.actions[0]?.command).toBe('curl -i https://localhost:8443/');
  });

  test('by a server that says so in HTTP', () => {
    const complaining = spoken('http1', { details: { requires: 'TLS' } });
    expect(
      foundBy(httpToTls, served('http://localhost:8443', complaining)).actions[0]?.command,
    ).toBe('curl -ik https://localhost:8443/');
  });

  test('by the message, or by a URL in it', () => {
    const byClass = served('localhost:8443', overTls, { facts: told('http-on-tls-port') });
    expect(outcome(httpToTls, byClass).result).toBe('fail');
    const text = 'Get "http://localhost:8443/": EOF';
    const byText = served('localhost:8443', overTls, { facts: message('connection-reset', text) });
    expect(outcome(httpToTls, byText).result).toBe('fail');
    const other = message('connection-reset', 'Get "http://localhost:8444/": EOF');
    expect(outcome(httpToTls, served('localhost:8443', overTls, { facts: other })).result).toBe(
      'not-applicable',
    );
  });

  test('not where the client speaks TLS, or the server does not', () => {
    expect(outcome(httpToTls, served('https://localhost:8443', overTls)).result).toBe(
      'not-applicable',
    );
    expect(outcome(httpToTls, served('http://localhost:8443', plain)).result).toBe('pass');
    expect(outcome(httpToTls, served('http://localhost:8443', spoken('redis'))).result).toBe(
      'not-applicable',
    );
  });
});

describe('TLS to plain HTTP', () => {
  test('by the URL, with what turns TLS on', () => {
    const argv = ['node', '/srv/shop/node_modules/.bin/vite'];
    const finding = foundBy(tlsToHttp, served('https://localhost:5173', plain, { argv }));
    expect(finding.title).toMatch(
      /^Vite \(pid 101.*speaks plain HTTP, and TLS is sent to it: http:\/\/localhost:5173\/ is right$/,
    );
    expect(finding.actions[0]?.command).toBe('curl -i http://localhost:5173/');
    expect(finding.actions.at(-1)?.label).toContain('`server.https` in the Vite config');
  });

  test('by "wrong version number" of a client that names no URL', () => {
    for (const failure of ['tls-mismatch', 'tls-on-http-port'] as const) {
      const facts = served('localhost:3000', plain, { facts: told(failure) });
      expect(outcome(tlsToHttp, facts).result).toBe('fail');
    }
  });

  test('clients that turn http into https have their own advice', () => {
    const labels = (ecosystem: string) =>
      foundBy(
        tlsToHttp,
        served('localhost:5000', plain, {
          facts: message('tls-on-http-port', 'gave HTTP response to HTTPS client', ecosystem),
        }),
      ).actions.map(({ label }) => label);
    expect(labels('docker')[1]).toContain('{"insecure-registries": ["localhost:5000"]}');
    expect(labels('browser')[1]).toContain('net-internals/#hsts');
  });

  test('not where TLS is spoken, or nobody sends it', () => {
    expect(outcome(tlsToHttp, served('https://localhost:8443', overTls)).result).toBe('pass');
    expect(outcome(tlsToHttp, served('http://localhost:3000', plain)).result).toBe(
      'not-applicable',
    );
    expect(outcome(tlsToHttp, served('https://localhost:5432', spoken('postgres'))).result).toBe(
      'not-applicable',
    );
  });
});

test('a database without TLS whose client insists', () => {
  const without = spoken('postgres', { details: { tls: 'not offered' } });
  const insists = { facts: told('tls-on-http-port') };
  expect(
    foundBy(tlsNotOffered, served('localhost:5432', without, insists)).actions[0]?.command,
  ).toBe("psql 'host=localhost port=5432 sslmode=disable'");
  expect(outcome(tlsNotOffered, served('localhost:5432', spoken('postgres'), insists)).result).toBe(
    'pass',
  );
  expect(outcome(tlsNotOffered, served('localhost:5432', without)).result).toBe('not-applicable');
});

describe('versions', () => {
  test('older than clients speak', () => {
    for (const [version, name] of [
      ['TLSv1', 'TLS 1.0'],
      ['TLSv1.1', 'TLS 1.1'],
    ] as const) {
      const protocol = spoken('http1', { tls: soundTls({ version }) });
      const finding = foundBy(tlsVersionMismatch, served('https://localhost:8443', protocol));
      expect(finding.title).toContain(`speaks ${name} at most`);
      expect(finding.actions[1]?.command).toBe(
        'openssl s_client -connect localhost:8443 -servername localhost -tls1_1 -cipher DEFAULT:@SECLEVEL=0 </dev/null',
      );
    }
  });

  test('none in common', () => {
    const protocol = spoken('tls', { details: { alert: 'protocol version' } });
    expect(outcome(tlsVersionMismatch, served('https://localhost:8443', protocol)).result).toBe(
      'fail',
    );
  });

  test('1.2 is well', () => {
    const protocol = spoken('http1', { tls: soundTls({ version: 'TLSv1.2' }) });
    expect(outcome(tlsVersionMismatch, served('https://localhost:8443', protocol)).result).toBe(
      'pass',
    );
  });
});

describe('a certificate of the client', () => {
  const alerted = (alert: string) =>
    served('https://localhost:8443', spoken('tls', { details: { alert } }));

  test('is wanted by alert', () => {
    expect(foundBy(clientCertificateWanted, alerted('certificate required')).title).toMatch(
      /wants a certificate of its client \(mutual TLS\)$/,
    );
  });

  test('is wanted in words', () => {
    const facts = served('https://localhost:8443', overTls, {
      facts: answered(400, '<center>No required SSL certificate was sent</center>'),
    });
    expect(foundBy(clientCertificateWanted, facts).evidence).toEqual([
      'it answers “No required SSL certificate was sent”',
    ]);
  });

  test('is not wanted by a page that speaks of it, nor by another alert', () => {
    const page = served('https://localhost:8443', overTls, {
      facts: answered(200, 'What to do where a client certificate is required'),
    });
    expect(outcome(clientCertificateWanted, page).result).toBe('pass');
    expect(outcome(clientCertificateWanted, alerted('internal error')).result).toBe(
      'not-applicable',
    );
  });

  test('other alerts are told as they are', () => {
    const finding = foundBy(tlsHandshakeRefused, alerted('internal error'));
    expect(finding.title).toMatch(/ends the TLS handshake: internal error$/);
    expect(finding.benignCauses[0]).toContain('no certificate for this name');
    expect(outcome(tlsHandshakeRefused, alerted('certificate required')).result).toBe(
      'not-applicable',
    );
    expect(outcome(tlsHandshakeRefused, served('https://localhost:8443', overTls)).result).toBe(
      'pass',
    );
  });
});
