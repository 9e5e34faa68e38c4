import type { Action } from '../../../model/finding.ts';
import { knownOr } from '../../../model/known.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { answererAt, askedEndpoint, askedUrl, judgeSpoken } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { clientProtocol } from '../../client-protocol.ts';
import type { EndpointFacts } from '../../facts.ts';
import { type SpokenProtocol, speaksHttp, speaksTls } from '../../protocol-names.ts';

/** A client of https at a port that speaks plain HTTP. */
export const tlsToHttp: Check<EndpointFacts> = {
  id: 'tls-to-http',
  title: 'TLS is sent to a port that speaks it',
  stage: 'tls',
  explains: ['tls-on-http-port', 'tls-mismatch', 'connection-reset', 'broken-pipe'],
  judge: (facts) =>
    judgeSpoken(facts, (protocol) => {
      if (!sendsTls(facts)) return notApplicable;
      if (speaksTls(protocol)) return pass('it speaks TLS');
      return speaksHttp(protocol) ? found(facts, protocol) : notApplicable;
    }),
};

const sendsTls = (facts: EndpointFacts): boolean => {
  const { class: failure } = facts.symptom;
  const expected = clientProtocol(facts);
  if (expected !== null) return expected === 'https';
  return failure === 'tls-on-http-port' || failure === 'tls-mismatch';
};

const found = (facts: EndpointFacts, { evidence }: SpokenProtocol) =>
  failed({
    id: 'tls-to-http',
    severity: 'critical',
    title: `${answererAt(facts)} speaks plain HTTP, and TLS is sent to it: ${askedUrl('http', facts)} is right`,
    evidence,
    actions: [
      {
        label: 'write http:// instead of https://, wherever the client has the URL from',
        command: shellCommand('curl', '-i', askedUrl('http', facts)),
      },
      ...ofClient(facts),
      turnOn(facts),
    ],
  });

/** Clients that choose https by themselves. */
const ofClient = (facts: EndpointFacts): readonly Action[] => {
  const ecosystem = facts.message?.ecosystem ?? null;
  if (ecosystem === 'browser') {
    return [
      {
        label:
          'where the browser makes https of http by itself: delete the host in chrome://net-internals/#hsts, or ask for 127.0.0.1',
        command: null,
      },
    ];
  }
  return ecosystem === 'docker'
    ? [
        {
          label: `a registry without TLS has to be named in /etc/docker/daemon.json: {"insecure-registries": ["${askedEndpoint(facts)}"]}`,
          command: null,
        },
      ]
    : [];
};

const turnOn = ({ answering: [listener] }: EndpointFacts): Action => {
  const program = listener === undefined ? null : knownOr(listener.program, null);
  return {
    label: `turn TLS on in the server${settings[program?.id ?? ''] ?? ''}`,
    command: null,
  };
};

const settings: Readonly<Record<string, string | undefined>> = {
  vite: ': `server.https` in the Vite config, or @vitejs/plugin-basic-ssl',
  next: ': `next dev --experimental-https`',
  'webpack-dev-server': ": `devServer.server: 'https'`",
  'create-react-app': ': HTTPS=true in .env',
  'vue-cli': ": `devServer.server: 'https'` in vue.config.js",
  angular: ': `ng serve --ssl`',
  flask: ': `flask run --cert=adhoc`',
  uvicorn: ': `uvicorn --ssl-keyfile key.pem --ssl-certfile cert.pem`',
  nginx: ': `listen … ssl;` with ssl_certificate and ssl_certificate_key',
  django: ': runserver has none; django-extensions has `runserver_plus --cert-file`',
};
