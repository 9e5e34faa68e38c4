import type { ProxyVariables } from '../../../model/network.ts';
import { shellQuote } from '../../../model/shell-quote.ts';
import { failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { MachineFacts } from '../../facts.ts';
import { judgeAsker } from '../../judge-known.ts';
import { bypassesProxy } from '../../no-proxy.ts';

const local: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/** There is no standard: curl, Python and most libraries of Node send localhost to a proxy as well. */
export const proxiesExemptLocalhost: Check<MachineFacts> = {
  id: 'proxies-exempt-localhost',
  title: 'requests to localhost go to no proxy',
  stage: null,
  explains: ['proxy-error'],
  judge: (facts) =>
    judgeAsker(facts, ({ proxies }) => {
      const set = named(proxies, /^(?:https?|all)_proxy$/i);
      const [first] = set;
      if (first === undefined) return pass('no variable of the environment names a proxy');
      const exempt = named(proxies, /^no_proxy$/i);
      const missing = local.filter((host) => !isExempt(host, exempt));
      return missing.length === 0
        ? pass(`localhost, 127.0.0.1 and ::1 go past ${set.map(({ name }) => name).join(' and ')}`)
        : proxied(set, exempt, missing);
    }),
};

type Variable = { readonly name: string; readonly value: string };

/** An empty variable counts as none. */
const named = (proxies: ProxyVariables, pattern: RegExp): readonly Variable[] =>
  Object.entries(proxies)
    .filter(([name, value]) => pattern.test(name) && value.trim() !== '')
    .map(([name, value]) => ({ name, value }));

/** Some clients read `NO_PROXY` first and some `no_proxy`: where both are set each has to say it. */
const isExempt = (host: string, exempt: readonly Variable[]): boolean =>
  exempt.length > 0 && exempt.every(({ value }) => bypassesProxy(value, host, 0));

const proxied = (
  set: readonly Variable[],
  exempt: readonly Variable[],
  missing: readonly string[],
) => {
  const names = set.map(({ name }) => name).join(' and ');
  return failed({
    id: 'proxies-exempt-localhost',
    severity: 'warning',
    title: `${names} ${set.length > 1 ? 'send' : 'sends'} requests for ${missing.join(', ')} to ${set[0]?.value ?? ''}`,
    evidence: [
      ...[...set, ...exempt].map(({ name, value }) => `${name}=${value}`),
      ...(exempt.length === 0
        ? ['NO_PROXY is not set']
        : [`it does not name ${missing.join(', ')}`]),
    ],
    benignCauses: [
      'a debugging proxy on this machine that is meant to see these requests',
      'Go programs and browsers never ask a proxy for localhost',
    ],
    actions: [
      {
        label: 'leave this machine out, in this shell and what it starts',
        command: exportLine(exempt, missing),
        changes: 'the environment of this shell; write it into its profile to keep it',
      },
    ],
  });
};

const exportLine = (exempt: readonly Variable[], missing: readonly string[]): string => {
  const kept = exempt.flatMap(({ value }) => value.split(',').map((entry) => entry.trim()));
  const entries = [...new Set([...kept, ...missing])].filter((entry) => entry !== '');
  return `export NO_PROXY=${shellQuote(entries.join(','))} no_proxy=${shellQuote(entries.join(','))}`;
};
