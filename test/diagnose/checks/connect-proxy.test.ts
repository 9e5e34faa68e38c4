import { describe, expect, test } from 'vitest';
import { proxyVariables } from '../../../src/diagnose/checks/connect/proxy-variables.ts';
import { targetIsProxy } from '../../../src/diagnose/checks/connect/target-is-proxy.ts';
import { unknown } from '../../../src/model/known.ts';
import { endpointFacts, type Told } from '../../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../../support/scene.ts';
import { foundBy, message, outcome, told } from './connect-outcome.ts';

const web = socket(10, { local: { address: '127.0.0.1', port: 3000 } });
const proxy = socket(11, { local: { address: '127.0.0.1', port: 3128 } });

const facts = (
  proxies: Readonly<Record<string, string>>,
  { facts: more, ...rest }: Told = {},
  text = 'http://localhost:3000',
) =>
  endpointFacts(text, {
    sockets: [web, proxy],
    holders: { 10: [101], 11: [102] },
    processes: [oneProcess(101, 1), oneProcess(102, 1)],
    ...rest,
    asker: { proxies },
    facts: { ...told('proxy-error'), ...more },
  });

describe('in the environment of who asks', () => {
  test('a proxy that NO_PROXY does not keep from this host', () => {
    const finding = foundBy(proxyVariables, facts({ HTTP_PROXY: 'http://127.0.0.1:3128' }));
    expect(finding).toMatchObject({
      severity: 'warning',
      title:
        'HTTP_PROXY of this shell sends requests for localhost to the proxy 127.0.0.1:3128: NO_PROXY does not leave it out',
    });
    expect(finding.evidence).toContain('NO_PROXY is not set');
    expect(finding.evidence).toContain(
      'only HTTP_PROXY is set, in capitals: curl and wget read http_proxy alone for http://',
    );
    expect(finding.actions.map(({ command }) => command)).toEqual([
      'export NO_PROXY=localhost,127.0.0.1,::1 no_proxy=localhost,127.0.0.1,::1',
      "curl -i --noproxy '*' http://localhost:3000/",
    ]);
  });

  test('keeps what NO_PROXY has, and adds the host that was asked for', () => {
    const variables = { http_proxy: 'http://proxy.corp:8080', no_proxy: 'corp.example' };
    const finding = foundBy(proxyVariables, facts(variables, {}, 'http://app.test:3000'));
    expect(finding.evidence).toContain(
      'NO_PROXY=corp.example does not cover app.test for every client',
    );
    expect(finding.actions[0]?.command).toContain(
      'export NO_PROXY=corp.example,localhost,127.0.0.1,::1,app.test ',
    );
  });

  test('a proxy of this machine where nothing listens', () => {
    const finding = foundBy(proxyVariables, facts({ all_proxy: 'socks5h://localhost:1080' }));
    expect(finding).toMatchObject({
      severity: 'critical',
      title:
        'all_proxy of this shell sends requests for localhost to the proxy localhost:1080, where nothing listens',
    });
    expect(finding.actions.at(-1)?.command).toBe('unset all_proxy');
  });

  test('the endpoint of the message is the dead proxy itself', () => {
    const refused = {
      facts: { symptom: { class: 'connection-refused', role: 'client', from: 'attempt' } },
    } as const;
    const variables = { HTTPS_PROXY: 'http://127.0.0.1:8888', NO_PROXY: 'localhost' };
    const finding = foundBy(targetIsProxy, facts(variables, refused, '127.0.0.1:8888'));
    expect(finding.title).toBe(
      '127.0.0.1:8888 is the proxy of HTTPS_PROXY, and nothing listens there',
    );
    expect(finding.actions[0]?.command).toBe('unset HTTPS_PROXY');
    expect(outcome(targetIsProxy, facts(variables, refused, '127.0.0.1:8889')).result).toBe('pass');
    const alive = { HTTPS_PROXY: 'http://127.0.0.1:3128' };
    expect(outcome(targetIsProxy, facts(alive, refused, '127.0.0.1:3128')).result).toBe(
      'not-applicable',
    );
  });

  test('a dead one, where Homeport itself is answered', () => {
    const met = {
      facts: { symptom: { class: 'proxy-error', role: 'client', from: 'sockets' } },
    } as const;
    const attempts = [
      { address: '127.0.0.1', port: 3000, outcome: 'connected', code: null, durationMs: 1 },
    ] as const;
    const variables = { http_proxy: 'http://127.0.0.1:9' };
    const known = facts(variables, { facts: { ...met.facts, attempts } });
    const finding = foundBy(proxyVariables, known);
    expect(finding.severity).toBe('critical');
    expect(finding.evidence.join()).toMatch(/asked without a proxy, .* answers/);
    expect(finding.actions[0]?.command).toMatch(/^export NO_PROXY=/);
  });

  test('a proxy that is spoken to in TLS', () => {
    const mismatch = { facts: message('tls-mismatch', 'wrong version number', 'curl') };
    const variables = { HTTPS_PROXY: 'https://127.0.0.1:3128' };
    expect(
      foundBy(proxyVariables, facts(variables, mismatch, 'https://localhost:3000')).title,
    ).toContain('speaks TLS to the proxy 127.0.0.1:3128 itself');
  });

  test.each([
    [{}],
    [{ HTTP_PROXY: '' }],
    [{ HTTP_PROXY: 'http://p:3128', NO_PROXY: 'localhost' }],
    [{ HTTP_PROXY: 'http://p:3128', NO_PROXY: '*' }],
    [{ http_proxy: 'http://p:3128', no_proxy: 'a.test, localhost:3000' }],
    [{ HTTPS_PROXY: 'http://p:3128' }],
  ])('nothing is wrong with %o', (variables) => {
    expect(outcome(proxyVariables, facts(variables)).result).toBe('pass');
  });

  test.each([
    ['http://127.0.0.1:3000', '127.0.0.0/8', 'pass'],
    ['http://127.0.0.1:3000', 'localhost', 'fail'],
    ['http://app.shop.localhost:3000', 'localhost', 'pass'],
    ['http://app.local:3000', '.local', 'pass'],
    ['http://localhost:3000', 'localhost:3001', 'fail'],
    ['http://[::1]:3000', '::1', 'pass'],
  ])('%s with NO_PROXY=%s: %s', (text, exempt, result) => {
    const variables = { http_proxy: 'http://proxy.corp:8080', no_proxy: exempt };
    expect(outcome(proxyVariables, facts(variables, {}, text)).result).toBe(result);
  });

  test('is no reason for what Homeport met itself, or for other protocols', () => {
    const variables = { http_proxy: 'http://127.0.0.1:3128' };
    const met = {
      facts: { symptom: { class: 'timeout', role: 'client', from: 'attempt' } },
    } as const;
    expect(outcome(proxyVariables, facts(variables, met)).result).toBe('not-applicable');
    const refused = {
      address: '127.0.0.1',
      port: 3000,
      outcome: 'refused',
      code: 'ECONNREFUSED',
      durationMs: 1,
    } as const;
    const well = {
      facts: { symptom: { class: 'none', role: 'unknown', from: 'nothing' } },
    } as const;
    expect(outcome(proxyVariables, facts(variables, well)).result).toBe('fail');
    const toldAndMet = { facts: { ...told('connection-refused'), attempts: [refused] } };
    expect(outcome(proxyVariables, facts(variables, toldAndMet)).result).toBe('not-applicable');
    const connected = { ...refused, outcome: 'connected', code: null } as const;
    const toldAlone = { facts: { ...told('connection-refused'), attempts: [connected] } };
    expect(outcome(proxyVariables, facts(variables, toldAlone)).result).toBe('fail');
    expect(outcome(proxyVariables, facts(variables, {}, 'postgres://localhost:5432')).result).toBe(
      'not-applicable',
    );
    const unread = { facts: { asker: unknown('unsupported') } };
    expect(outcome(proxyVariables, facts(variables, unread)).result).toBe('unknown');
  });
});

describe("in a process's own environment", () => {
  const askersProject = { root: '/srv/shop', markers: [], manifest: null, git: null };
  const withProxy = (cwd: string) => ({
    processes: [
      oneProcess(101, 1),
      oneProcess(103, 1, { comm: 'api', cwd, environment: { http_proxy: 'http://p:3128' } }),
    ],
    facts: { askersProject },
  });

  test('of the same project', () => {
    const finding = foundBy(proxyVariables, facts({}, withProxy('/srv/shop/api')));
    expect(finding.title).toBe(
      'http_proxy of api (pid 103) sends requests for localhost to the proxy p:3128: NO_PROXY does not leave it out',
    );
    expect(finding.actions[0]?.label).toContain('then restart it');
  });

  test('of a stranger says nothing', () => {
    expect(outcome(proxyVariables, facts({}, withProxy('/srv/shop-two'))).result).toBe('pass');
  });
});
