import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './find-program.ts';

/** For the tests that need it, which say so in their names. */
export const hasOpenssl = findProgram('openssl') !== null;

/** A key and its certificate as PEM text, and the files that hold them. */
export type Credentials = {
  readonly key: string;
  readonly cert: string;
  readonly keyFile: string;
  readonly certFile: string;
};

export type CertificateOptions = {
  /** subjectAltName: `DNS:localhost,IP:127.0.0.1` by default. */
  readonly names?: string;
  /** As openssl-ca(1) has them: `20200101000000Z`. */
  readonly from?: string;
  readonly to?: string;
  readonly selfSigned?: boolean;
};

/** An authority of a test's own, that nobody knows, in a folder of its own. */
export type TestAuthority = {
  readonly certFile: string;
  readonly cert: string;
  readonly issue: (options?: CertificateOptions) => Credentials;
  readonly remove: () => void;
};

/** Makes one with openssl(1). `remove` deletes its folder and with it all that it issued. */
export const makeAuthority = (): TestAuthority => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-authority-'));
  const run = (...words: readonly string[]): void =>
    void execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  writeFileSync(join(folder, 'ca.cnf'), configuration);
  writeFileSync(join(folder, 'index.txt'), '');
  writeFileSync(join(folder, 'index.txt.attr'), 'unique_subject = no\n');
  writeFileSync(join(folder, 'serial'), '01\n');
  run(...newKey('ca', '/CN=Homeport test authority'), '-x509', '-days', '30', '-out', 'ca.pem');
  let count = 0;
  return {
    certFile: join(folder, 'ca.pem'),
    cert: readFileSync(join(folder, 'ca.pem'), 'utf8'),
    issue: (options = {}) => issue(folder, run, `leaf${(count += 1)}`, options),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

const issue = (
  folder: string,
  run: (...words: readonly string[]) => void,
  stem: string,
  options: CertificateOptions,
): Credentials => {
  const { names = 'DNS:localhost,IP:127.0.0.1', from, to, selfSigned = false } = options;
  writeFileSync(join(folder, `${stem}.ext`), `subjectAltName=${names}\n`);
  run(...newKey(stem, '/CN=Homeport test'), '-out', `${stem}.csr`);
  run(
    'ca',
    '-batch',
    '-notext',
    '-config',
    'ca.cnf',
    '-extfile',
    `${stem}.ext`,
    ...(selfSigned ? ['-selfsign', '-keyfile', `${stem}.key`] : []),
    ...(from === undefined ? [] : ['-startdate', from]),
    ...(to === undefined ? [] : ['-enddate', to]),
    '-in',
    `${stem}.csr`,
    '-out',
    `${stem}.pem`,
  );
  const [keyFile, certFile] = [join(folder, `${stem}.key`), join(folder, `${stem}.pem`)];
  const [key, cert] = [readFileSync(keyFile, 'utf8'), readFileSync(certFile, 'utf8')];
  return { key, cert, keyFile, certFile };
};

const newKey = (stem: string, subject: string): readonly string[] => [
  'req',
  '-newkey',
  'ec',
  '-pkeyopt',
  'ec_paramgen_curve:P-256',
  '-nodes',
  '-subj',
  subject,
  '-keyout',
  `${stem}.key`,
];

const configuration = `
[ca]
default_ca = test
[test]
dir = .
certificate = ca.pem
private_key = ca.key
new_certs_dir = .
database = index.txt
serial = serial
default_md = sha256
default_days = 30
policy = any
[any]
commonName = supplied
`;
