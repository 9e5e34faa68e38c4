import type { Action } from '../model/finding.ts';
import { knownOr } from '../model/known.ts';
import type { TlsFacts } from '../model/protocol.ts';
import { shellCommand } from '../model/shell-quote.ts';
import { askedEndpoint, sClient } from './asked.ts';
import type { EndpointFacts } from './facts.ts';
import { issuerOf } from './make-certificate.ts';

/**
 * How a client comes to trust a certificate that it does not know: first the file that vouches for
 * it, then the setting of that client. Never to switch the check off.
 */
export const trustActions = (facts: EndpointFacts, tls: TlsFacts): readonly Action[] => {
  const tool = toolOf(facts, tls);
  if (tool !== null) return [tool, ...clientActions(facts, `the authority's certificate`)];
  if (tls.trust?.systemTrusts === true) return systemStoreActions(facts);
  return sendsAuthority(tls)
    ? [saveIt(facts, tls), ...clientActions(facts, savedFile)]
    : [fetchAuthority(tls), ...clientActions(facts, `the authority's certificate`)];
};

const savedFile = './homeport-ca.pem';

/**
 * Whether what the server sends ends in a certificate that vouches for itself. One that does not is no
 * anchor to most clients (X509_V_FLAG_PARTIAL_CHAIN of X509_VERIFY_PARAM_set_flags(3) is off).
 */
const sendsAuthority = ({ selfSigned, trust }: TlsFacts): boolean =>
  selfSigned || trust?.error === 'SELF_SIGNED_CERT_IN_CHAIN';

const fetchAuthority = ({ issuer }: TlsFacts): Action => ({
  label: `take the certificate of ${issuer === '' ? 'the authority' : issuer} from whoever runs that authority: the server does not send it, and its own certificate can not take its place`,
  command: null,
});

/** The last of those that the server sends is the authority's; one that signed itself is the only one. */
const saveIt = (facts: EndpointFacts, { selfSigned }: TlsFacts): Action => ({
  label: selfSigned
    ? 'save the certificate, and have the client trust that file'
    : "save the authority's certificate, which the server sends as the last, and have the client trust that file",
  command: selfSigned
    ? `${sClient(facts)} </dev/null 2>/dev/null | openssl x509 > ${savedFile}`
    : `${sClient(facts, '-showcerts')} </dev/null 2>/dev/null | tac | sed '/BEGIN CERT/q' | tac | openssl x509 > ${savedFile}`,
  changes: `writes ${savedFile}`,
});

/** Authorities that have a command of their own to be trusted. */
const toolOf = ({ answering: [listener] }: EndpointFacts, tls: TlsFacts): Action | null => {
  const issuer = issuerOf(tls);
  const program = listener === undefined ? null : knownOr(listener.program, null);
  if (issuer === 'mkcert') {
    const label = "have this machine's clients trust mkcert's authority; Node wants it named too";
    const node = 'export NODE_EXTRA_CA_CERTS="$(mkcert -CAROOT)/rootCA.pem"';
    return { label, command: `mkcert -install && ${node}`, changes: systemStore };
  }
  if (issuer === 'caddy') {
    return {
      label: "have this machine trust Caddy's own authority",
      command: 'caddy trust',
      changes: systemStore,
    };
  }
  return program?.id === 'dotnet'
    ? {
        label: "have this machine trust .NET's development certificate",
        command: 'dotnet dev-certs https --trust',
        changes: systemStore,
      }
    : null;
};

const systemStore = "adds an authority to the stores of this machine's clients";

const systemStoreActions = (facts: EndpointFacts): readonly Action[] => {
  const bundle = '/etc/ssl/certs/ca-certificates.crt';
  return [
    {
      label: "have Node (22.15 and later) take the system's store, which vouches for it",
      command: 'export NODE_USE_SYSTEM_CA=1',
      changes: "this shell's environment",
    },
    ...clientActions(facts, bundle),
  ];
};

/** What the client of the message needs; where none is known, the two commonest. */
const clientActions = (facts: EndpointFacts, file: string): readonly Action[] => {
  const ecosystem = facts.message?.ecosystem ?? '';
  const own = settings[ecosystem]?.(file, facts);
  return own === undefined ? [nodeSetting(file, facts), systemWide(file)] : [own];
};

type Setting = (file: string, facts: EndpointFacts) => Action;

/** Where the file is not one that can be pasted, the command is left out. */
const exported = (label: string, name: string, file: string): Action => ({
  label: `${label}: ${name}=<file>`,
  command: isPath(file) ? `export ${name}=${absolute(file)}` : null,
  changes: "this shell's environment",
});

const isPath = (file: string): boolean => /^\.?\//.test(file);

const absolute = (file: string): string =>
  file.startsWith('./') ? `"$PWD/${file.slice(2)}"` : shellCommand(file);

const nodeSetting: Setting = (file) =>
  exported('Node reads further authorities from a file', 'NODE_EXTRA_CA_CERTS', file);

const systemWide = (file: string): Action => ({
  label:
    "put it into the system's store, for curl, wget, Go, Ruby and .NET (Debian, Ubuntu); Firefox, Java and Python's certifi have stores of their own",
  command: isPath(file)
    ? `sudo cp ${shellCommand(file)} /usr/local/share/ca-certificates/homeport-ca.crt && sudo update-ca-certificates`
    : 'sudo update-ca-certificates',
  changes: 'every program of this machine that uses that store trusts this authority',
  needsRoot: true,
});

const viaNode: Setting = nodeSetting;
const viaOpenssl =
  (who: string): Setting =>
  (file) =>
    exported(`${who} reads authorities from a file`, 'SSL_CERT_FILE', file);
const viaSystem: Setting = (file) => systemWide(file);

const viaKeytool: Setting = (file, facts) => ({
  label: "add it to the JVM's own store (password: changeit)",
  command: isPath(file)
    ? shellCommand(
        'keytool',
        '-importcert',
        '-cacerts',
        '-storepass',
        'changeit',
        '-noprompt',
        '-alias',
        askedEndpoint(facts),
        '-file',
        file,
      )
    : null,
  changes: 'every program of this JVM trusts this authority',
});

const viaBrowser: Setting = (file) => ({
  label:
    'browsers have stores of their own: import the file in their settings, or for Chromium on Linux with certutil (libnss3-tools)',
  command: isPath(file)
    ? `certutil -d "sql:$HOME/.pki/nssdb" -A -t C,, -n homeport-ca -i ${shellCommand(file)}`
    : null,
  changes: "Chromium's store of this user",
});

const viaDocker: Setting = (file, facts) => {
  const folder = `/etc/docker/certs.d/${askedEndpoint(facts)}`;
  return {
    label: 'Docker reads the authority of a registry from a folder of its name',
    command: isPath(file)
      ? shellCommand('sudo', 'install', '-D', '-m', '644', file, `${folder}/ca.crt`)
      : null,
    changes: `Docker trusts this authority for ${askedEndpoint(facts)}`,
    needsRoot: true,
  };
};

/** By the ecosystem whose words a message is in. */
const settings: Readonly<Record<string, Setting | undefined>> = {
  node: viaNode,
  bun: viaNode,
  vite: viaNode,
  next: viaNode,
  webpack: viaNode,
  deno: (file) => exported('Deno reads authorities from a file', 'DENO_CERT', file),
  requests: (file) =>
    exported("Python's requests has a list of its own (certifi)", 'REQUESTS_CA_BUNDLE', file),
  python: viaOpenssl('Python'),
  django: viaOpenssl('Python'),
  ruby: viaOpenssl('Ruby'),
  rails: viaOpenssl('Ruby'),
  php: viaOpenssl('PHP'),
  go: viaOpenssl('Go'),
  rust: viaOpenssl('Rust (rustls with native certificates, OpenSSL)'),
  elixir: viaSystem,
  dotnet: viaSystem,
  wget: viaSystem,
  git: (file) => ({
    label: 'git reads the authority from a file',
    command: isPath(file) ? `git config --global http.sslCAInfo ${absolute(file)}` : null,
    changes: "this user's settings of git",
  }),
  curl: (file, facts) => ({
    label: 'give curl the file',
    command: isPath(file)
      ? shellCommand('curl', '--cacert', file, '-i', `https://${askedEndpoint(facts)}/`)
      : null,
  }),
  java: viaKeytool,
  jdbc: viaKeytool,
  kafka: viaKeytool,
  spring: viaKeytool,
  browser: viaBrowser,
  playwright: viaBrowser,
  puppeteer: viaBrowser,
  selenium: viaBrowser,
  docker: viaDocker,
};
