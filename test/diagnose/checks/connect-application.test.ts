import { describe, expect, test } from 'vitest';
import { applicationError } from '../../../src/diagnose/checks/connect/application-error.ts';
import { badGateway } from '../../../src/diagnose/checks/connect/bad-gateway.ts';
import { hostRefused } from '../../../src/diagnose/checks/connect/host-refused.ts';
import { proxyInFront } from '../../../src/diagnose/checks/connect/proxy-in-front.ts';
import { refusedHost } from '../../../src/diagnose/host-refusals.ts';
import { judgeChecks } from '../../../src/diagnose/judge-checks.ts';
import { rootCauses } from '../../../src/diagnose/root-causes.ts';
import { oneProcess, socket } from '../../support/scene.ts';
import type { Told } from '../../support/diagnosis-facts.ts';
import {
  answered,
  foundBy,
  message,
  outcome,
  served,
  spoken,
  told as toldBy,
} from './connect-outcome.ts';

const asking = (
  text: string,
  facts: Told['facts'],
  { argv, ...more }: Told & { readonly argv?: readonly string[] } = {},
) =>
  served(text, spoken('http1'), {
    ...more,
    ...(argv === undefined ? {} : { argv }),
    facts: facts ?? {},
  });

type Asked = Told & { readonly addresses?: readonly string[] };

const project = (dependencies: readonly string[]) => ({
  '/srv/shop': {
    root: '/srv/shop',
    markers: ['package.json'],
    manifest: { file: 'package.json', name: 'shop', scripts: [], dependencies },
    git: null,
  },
});

describe('a refused Host header', () => {
  const viteSays =
    'Blocked request. This host ("app.test") is not allowed.\nTo allow this host, add "app.test" to `server.allowedHosts` in vite.config.js.';

  test('of Vite, with the setting and its file', () => {
    const facts = asking('http://app.test:5173', answered(403, viteSays), {
      argv: ['node', '/srv/shop/node_modules/.bin/vite'],
      snapshot: { projects: project(['vite']) },
    });
    const finding = foundBy(hostRefused, facts);
    expect(finding.title).toMatch(
      /^Vite, Vite \(pid 101, project shop\) at app\.test:5173, refuses requests to the host app\.test$/,
    );
    expect(finding.actions[0]?.label).toBe(
      "allow it: server: { allowedHosts: ['app.test'] } in /srv/shop/vite.config.js (or .ts), then restart the server",
    );
    expect(finding.actions[1]?.command).toBe(
      "curl -i -H 'Host: localhost:5173' http://127.0.0.1:5173/",
    );
  });

  test.each([
    ['where it listens', {}, 'http://127.0.0.1:8000/'],
    ['on this machine', { sockets: [], holders: {} }, 'http://127.0.0.1:8000/'],
    ['by its name, where that leads there', { addresses: ['::1'] }, 'http://app.test:8000/'],
  ])('is asked again %s, though nobody connected', (_, { addresses, ...machine }: Asked, url) => {
    const said =
      "Invalid HTTP_HOST header: 'app.test:8000'. You may need to add 'app.test' to ALLOWED_HOSTS.";
    const facts = { ...message('host-not-allowed', said, 'django'), attempts: [] };
    const asked = { ...facts, addresses: addresses ?? [] };
    const { actions } = foundBy(hostRefused, asking('http://app.test:8000', asked, machine));
    expect(actions.at(-1)?.command).toBe(`curl -i -H 'Host: localhost:8000' ${url}`);
  });

  test.each([
    [403, 'Invalid Host header', ['webpack-dev-server'], 'webpack.config.js'],
    [200, 'Invalid Host header', ['webpack-dev-server'], 'webpack.config.js'],
    [403, 'Invalid Host header', ['react-scripts'], '.env.development.local'],
    [403, 'Invalid Host header', ['@vue/cli-service'], 'vue.config.js'],
    [403, 'Invalid Host header', ['@angular/core'], 'angular.json'],
    [403, viteSays, ['@angular/core'], 'angular.json'],
    [403, viteSays, ['astro'], 'astro.config.mjs'],
    [403, viteSays, ['nuxt'], 'nuxt.config.ts'],
    [400, '<title>DisallowedHost\n at /</title>', [], 'settings.py'],
    [
      400,
      '<pre>Invalid HTTP_HOST header: &#x27;app.test:8000&#x27;. You may need to add</pre>',
      [],
      "ALLOWED_HOSTS = ['app.test', 'localhost', '127.0.0.1']",
    ],
    [403, '<h1>Blocked hosts: app.test:3000</h1>', [], 'config.hosts << "app.test"'],
    [403, "Blocking request with non-local 'Host' app.test (app.test:8888).", [], 'ServerApp'],
    [400, 'Invalid host header', [], 'TrustedHostMiddleware'],
    [400, '<p>Host &#39;app.test&#39; is not trusted.</p>', [], 'TRUSTED_HOSTS'],
    [400, '<h2>Bad Request - Invalid Hostname</h2>', [], 'appsettings.json'],
    [403, 'Host not permitted', [], 'permitted_hosts'],
    [400, 'Untrusted Host "app.test".', ['laravel/framework'], 'trustHosts'],
    [400, 'Untrusted Host "app.test".', [], 'trusted_hosts'],
    [400, 'The provided host name is not valid for this server.', [], 'trusted_host_patterns'],
    [500, 'Host header is specified and is not an IP address or localhost.', [], 'Host: localhost'],
  ])('%i %s of %s', (status, body, dependencies, setting) => {
    const facts = asking('http://app.test:8000', answered(status, body), {
      snapshot: { projects: project(dependencies) },
    });
    const finding = foundBy(hostRefused, facts);
    expect(finding.title).toContain('refuses requests to the host app.test');
    expect(finding.actions[0]?.label).toContain(setting);
  });

  test('is told by a message alone', () => {
    const text =
      'Blocked cross-origin request from app.test to /_next/* resource. To allow this, configure "allowedDevOrigins" in next.config';
    const facts = asking('app.test:0', message('host-not-allowed', text, 'next'), {
      sockets: [],
      holders: {},
    });
    const finding = foundBy(hostRefused, facts);
    expect(finding.title).toBe('Next.js refuses requests to the host app.test');
    expect(finding.actions).toHaveLength(1);
    expect(finding.actions[0]?.label).toContain("allowedDevOrigins: ['app.test']");
  });

  test('not where the page is served, speaks of it, or is forbidden for another reason', () => {
    for (const [status, body] of [
      [200, '<title>Shop</title>'],
      [200, 'How to answer DisallowedHost, and Blocked hosts: of Rails'],
      [403, '<h1>Forbidden</h1>'],
      [404, 'Not Found'],
    ] as const) {
      const facts = asking('http://app.test:8000', answered(status, body));
      expect(outcome(hostRefused, facts).result).toBe('pass');
    }
    expect(outcome(hostRefused, asking('http://app.test:8000', {})).result).toBe('not-applicable');
    const vague = message('host-not-allowed', 'this host is not welcome');
    expect(outcome(hostRefused, asking('app.test:8000', vague)).result).toBe('unknown');
  });

  test('the host is read without its port', () => {
    expect(refusedHost("Invalid HTTP_HOST header: 'app.test:8000'. You")).toBe('app.test');
    expect(refusedHost('Blocked hosts: app.test')).toBe('app.test');
    expect(refusedHost('Invalid Host header')).toBeNull();
  });
});

describe('a gateway', () => {
  const nginx = { server: 'nginx/1.22.1' };

  test('that gets no answer says whom it asks and where its log is', () => {
    const facts = asking('http://localhost:8080', answered(502, '<h1>502 Bad Gateway</h1>', nginx));
    const finding = foundBy(badGateway, facts);
    expect(finding.title).toMatch(
      / at localhost:8080 works, and gets no good answer from the application behind it \(502 of nginx\)$/,
    );
    expect(finding.actions.map(({ needsRoot }) => needsRoot)).toEqual([true, true, undefined]);
    expect(finding.actions[1]?.command).toBe('sudo tail -n 20 /var/log/nginx/error.log');
  });

  const nginxOf = (uid: number, ...argv: readonly string[]) =>
    asking('http://localhost:8080', answered(502, '', nginx), {
      processes: [
        oneProcess(100, 1, { argv, uid }),
        oneProcess(101, 100, { argv: ['nginx: worker process'], uid }),
      ],
    });

  test.each([
    [
      ['nginx: master process nginx -p /srv/x -c /srv/x/nginx.conf'],
      'nginx -T -p /srv/x -c /srv/x/nginx.conf 2>/dev/null | grep ',
      null,
    ],
    [
      ['nginx: master process /opt/nginx -c/x.conf -e /x/error.log'],
      '/opt/nginx -T -c /x.conf 2>/dev/null | grep ',
      'tail -n 20 /x/error.log',
    ],
    [
      ['nginx: master process /usr/sbin/nginx -g daemon on;'],
      '/usr/sbin/nginx -T 2>/dev/null | grep ',
      'tail -n 20 /var/log/nginx/error.log',
    ],
  ])('that is nginx is looked at by its own options: %j', (argv, look, log) => {
    const { actions } = foundBy(badGateway, nginxOf(1000, ...argv));
    expect(actions[0]?.command).toSatisfy((text: string) => text.startsWith(look));
    expect(actions[1]?.command).toBe(log);
    const [asRoot] = foundBy(badGateway, nginxOf(0, ...argv)).actions;
    expect(asRoot).toMatchObject({ needsRoot: true });
    expect(asRoot?.command).toSatisfy((text: string) => text.startsWith(`sudo ${look}`));
  });

  test('is told once, not again as a proxy in front', () => {
    const argv = ['nginx: master process nginx', '-c', '/x.conf'];
    const facts = { ...nginxOf(1000, ...argv), ...toldBy('proxy-error') };
    const judged = judgeChecks([badGateway, proxyInFront], facts);
    expect(judged.reports.map(({ result }) => result)).toEqual(['fail', 'fail']);
    expect(rootCauses(judged).findings.map(({ finding }) => finding.id)).toEqual(['bad-gateway']);
  });

  test('shows whom it is connected to', () => {
    const facts = asking('http://localhost:8080', answered(504, '', nginx), {
      sockets: [
        socket(10, { local: { address: '127.0.0.1', port: 8080 } }),
        socket(11, {
          state: 'syn-sent',
          local: { address: '10.0.0.1', port: 50_000 },
          remote: { address: '10.0.0.9', port: 3000 },
        }),
      ],
      holders: { 10: [101], 11: [101] },
    });
    expect(foundBy(badGateway, facts).evidence).toContain(
      'it waits for 10.0.0.9:3000 to answer, which does not',
    );
  });

  test.each([
    [502, '', { via: '1.1 Caddy' }, 'Caddy'],
    [503, 'no healthy upstream', { server: 'envoy' }, 'Envoy'],
    [
      503,
      '<h1>503 Service Unavailable</h1>\nNo server is available to handle this request.',
      {},
      'HAProxy',
    ],
    [503, 'no available server\n', {}, 'Traefik'],
    [504, 'Error occurred while trying to proxy: localhost:3000/api', {}, 'http-proxy-middleware'],
    [502, 'Bad Gateway', {}, 'Traefik'],
    [502, '<p>oh</p>', {}, 'the proxy'],
  ])('%i %s is told as of %s', (status, body, headers, name) => {
    const facts = asking('http://localhost:8080', answered(status, body, headers));
    expect(foundBy(badGateway, facts).title).toContain(name);
    expect(outcome(applicationError, facts).result).toBe('pass');
  });

  test("is Vite's proxy where it answers 500 without a word", () => {
    const argv = ['node', '/srv/shop/node_modules/.bin/vite'];
    const empty = asking('http://localhost:5173', answered(500, ''), { argv });
    expect(foundBy(badGateway, empty).title).toContain('500 of Vite');
    const page = asking('http://localhost:5173', answered(500, '<pre>Error</pre>'), { argv });
    expect(outcome(badGateway, page).result).toBe('pass');
    expect(outcome(applicationError, page).result).toBe('fail');
  });

  test('is none where the application itself says 503, or all is well', () => {
    for (const facts of [answered(503, 'maintenance', nginx), answered(200, 'ok', nginx)]) {
      expect(outcome(badGateway, asking('http://localhost:8080', facts)).result).toBe('pass');
    }
    expect(outcome(badGateway, asking('http://localhost:8080', {})).result).toBe('not-applicable');
  });
});

describe("an application's own error", () => {
  test('is told apart from the way to it, with its log', () => {
    const facts = asking('http://localhost:8000', answered(500, 'Internal Server Error'));
    const finding = foundBy(applicationError, facts);
    expect(finding.title).toMatch(/answers 500: the way to it works, its own code fails$/);
    expect(finding.actions[1]?.label).toBe('and what server (pid 101) prints where it was started');
    expect(applicationError.explains).toEqual(['application-error']);
  });

  test('of a page that was named is more than the front page’s', () => {
    const { application } = answered(500, 'oh');
    const facts = asking('http://localhost:8000', { application });
    expect(foundBy(applicationError, facts).benignCauses).toHaveLength(1);
    expect(foundBy(applicationError, { ...facts, path: '/api' }).benignCauses).toEqual([]);
  });

  test('of a server that does not serve yet', () => {
    const facts = asking('http://localhost:8000', { application: null });
    const starting = { ...facts, notReady: 'the database system is starting up' };
    expect(foundBy(applicationError, starting).title).toMatch(
      /answers, and does not serve yet: the database system is starting up$/,
    );
    const loading = { value: spoken('redis', { details: { loading: 'yes' } }), durationMs: 1 };
    expect(foundBy(applicationError, { ...facts, protocol: loading }).actions[0]?.command).toBe(
      'homeport wait http://localhost:8000',
    );
  });

  test('of a unit is in the journal', () => {
    const facts = asking('http://localhost:8000', answered(500, 'oh'), {
      processes: [oneProcess(101, 1, { cgroup: '/system.slice/shop.service' })],
    });
    expect(foundBy(applicationError, facts).actions[1]?.command).toBe(
      'journalctl -u shop.service -n 50',
    );
  });

  test('is none of the client: 404, 403', () => {
    for (const status of [404, 403, 200]) {
      const facts = asking('http://localhost:8000', answered(status, ''));
      expect(outcome(applicationError, facts).result).toBe('pass');
    }
  });
});
