import type { ApplicationAnswer } from './facts.ts';

/** A proxy in front of an application, and where it tells what it asks behind it. */
export type Gateway = {
  readonly name: string;
  /** What to look at, for the upstream that it asks; `command` null: a setting in a file. */
  readonly setting: { readonly label: string; readonly command: string | null };
  readonly log: { readonly label: string; readonly command: string } | null;
};

/**
 * The gateway that gave an answer of status 502, 503 or 504 (or 500, where a dev server's proxy says
 * so), by what it says of itself, else by the program that listens; null: nothing tells that one did.
 */
export const gatewayOf = (answer: ApplicationAnswer, program: string | null): Gateway | null => {
  const { status, headers, body } = answer;
  const server = headers['server'] ?? headers['via'] ?? '';
  const known = gateways.find(
    ({ says, signs, ids }) =>
      says?.test(body) === true ||
      signs.test(server) ||
      (program !== null && ids.includes(program)),
  );
  // An application may say 503 of itself through any proxy: only the proxy's own page tells.
  if (status === 503) return known?.says?.test(body) === true ? known : null;
  if (status === 502 || status === 504) return known ?? unknownGateway;
  return status === 500 && known !== undefined && isDevProxyError(known, body) ? known : null;
};

/** Vite's proxy answers 500 without a word where it can't reach what is behind it. */
const isDevProxyError = ({ name, says }: KnownGateway, body: string): boolean =>
  says?.test(body) === true || (name === 'Vite' && body === '');

const unknownGateway: Gateway = {
  name: 'the proxy',
  setting: { label: "look up in the proxy's settings whom it asks", command: null },
  log: null,
};

type KnownGateway = Gateway & {
  /** Of its `server` or `via` header. */
  readonly signs: RegExp;
  /** Words of its own error page. */
  readonly says: RegExp | null;
  readonly ids: readonly string[];
};

const none = /^(?!)/;

const gateways: readonly KnownGateway[] = [
  {
    name: 'nginx',
    signs: /^(?:nginx|openresty)\b/i,
    says: /<hr><center>(?:nginx|openresty)/,
    ids: ['nginx', 'openresty'],
    setting: {
      label: 'see whom nginx asks, where it runs with the configuration of the system',
      command: String.raw`sudo nginx -T 2>/dev/null | grep -nE '(proxy|fastcgi|uwsgi|grpc|scgi)_pass|^\s*server '`,
    },
    log: {
      label: "nginx's log names the upstream and the reason; it may have another",
      command: 'sudo tail -n 20 /var/log/nginx/error.log',
    },
  },
  {
    name: 'Apache',
    signs: /^Apache\b/,
    says: /<address>Apache\b/,
    ids: ['apache'],
    setting: {
      label: 'see whom Apache asks',
      command: 'grep -rn ProxyPass /etc/apache2/sites-enabled',
    },
    log: {
      label: "Apache's log names the upstream and the reason",
      command: 'sudo tail -n 20 /var/log/apache2/error.log',
    },
  },
  {
    name: 'Caddy',
    signs: /^(?:\d\.\d )?Caddy\b/i,
    says: null,
    ids: ['caddy'],
    setting: { label: 'see whom Caddy asks', command: 'curl -s http://localhost:2019/config/' },
    log: {
      label: "Caddy's log names the upstream and the reason",
      command: 'journalctl -u caddy -n 20',
    },
  },
  {
    name: 'Envoy',
    signs: /^envoy\b|^istio-envoy\b/i,
    says: /upstream connect error or disconnect\/reset|no healthy upstream/,
    ids: ['envoy'],
    setting: { label: 'look up the cluster in its admin interface (/clusters)', command: null },
    log: null,
  },
  {
    name: 'HAProxy',
    signs: none,
    says: /No server is available to handle this request|The server returned an invalid or incomplete response/,
    ids: ['haproxy'],
    setting: {
      label: 'see which servers HAProxy has',
      command: "grep -nE '^\\s*(backend|server)' /etc/haproxy/haproxy.cfg",
    },
    log: { label: "HAProxy's log says which is down", command: 'journalctl -u haproxy -n 20' },
  },
  {
    name: 'Traefik',
    signs: none,
    says: /^(?:Bad Gateway|no available server)\s*$/,
    ids: ['traefik'],
    setting: {
      label:
        'look up the service in its dashboard or /api/http/services: an address that the container does not listen on, most of all 127.0.0.1',
      command: null,
    },
    log: null,
  },
  {
    name: "the dev server's proxy (http-proxy-middleware)",
    signs: none,
    says: /Error occurr?ed while trying to proxy|Proxy error: Could not proxy request/,
    ids: ['create-react-app', 'webpack-dev-server', 'vue-cli'],
    setting: {
      label: 'look at `proxy` in package.json, src/setupProxy.js or `devServer.proxy`',
      command: null,
    },
    log: null,
  },
  {
    name: 'Vite',
    signs: none,
    says: null,
    ids: ['vite'],
    setting: { label: 'look at `server.proxy` in the Vite config', command: null },
    log: null,
  },
];
