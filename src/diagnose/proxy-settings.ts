import { knownOr } from '../model/known.ts';
import type { ProxyVariables } from '../model/network.ts';
import { type EndpointFacts } from './facts.ts';
import { bypassesProxy } from './no-proxy.ts';

/** A variable that names a proxy, and its endpoint as far as it is one. */
export type ProxySetting = {
  readonly name: string;
  readonly value: string;
  /** `http`, `https`, `socks5` … ; `http` where none is written. */
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
};

/** The variables that send a client of `scheme` (null: not known) to a proxy; an empty one is none. */
export const proxySettings = (
  variables: ProxyVariables,
  scheme: 'http' | 'https' | null,
): readonly ProxySetting[] =>
  Object.entries(variables).flatMap(([name, value]) => {
    const [, kind] = /^(https?|all)_proxy$/i.exec(name) ?? [];
    if (kind === undefined || value.trim() === '') return [];
    const counts = scheme === null || kind.toLowerCase() === 'all' || kind.toLowerCase() === scheme;
    const setting = counts ? read(name, value.trim()) : null;
    return setting === null ? [] : [setting];
  });

/** Values of variables that name what no proxy is asked for. */
export const exemptions = (variables: ProxyVariables): readonly string[] =>
  Object.entries(variables)
    .filter(([name, value]) => /^no_proxy$/i.test(name) && value.trim() !== '')
    .map(([, value]) => value);

/** Whether every client goes without a proxy: where both spellings are set, each has to say it. */
export const isExempt = (variables: ProxyVariables, host: string, port: number): boolean => {
  const values = exemptions(variables);
  return values.length > 0 && values.every((value) => bypassesProxy(value, host, port));
};

/** Whether nobody listens at a proxy of this machine; null: it is another's, or can't be told. */
export const isDeadProxy = (
  { host, port }: ProxySetting,
  {
    listeners,
    snapshot,
    target,
    attempts,
  }: Pick<EndpointFacts, 'listeners' | 'snapshot' | 'target' | 'attempts'>,
): boolean | null => {
  const isLocal = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host);
  if (!isLocal || snapshot.sockets.length === 0) return null;
  const listens = listeners.some(
    (one) => one.transport === 'tcp' && one.namespace === 'this' && one.port === port,
  );
  const asked = target.port === port && attempts.some(({ outcome }) => outcome === 'connected');
  return !listens && !asked;
};

/** The project's processes, and clients of the endpoint, whose own environment names proxies. */
export const processesWithProxies = (
  facts: EndpointFacts,
): readonly { readonly pid: number; readonly variables: ProxyVariables }[] => {
  const clients = new Set(
    facts.ends.flatMap(({ client }) => (typeof client.pid === 'number' ? [client.pid] : [])),
  );
  const root = knownOr(facts.askersProject, null)?.root ?? null;
  return facts.snapshot.processes.flatMap(({ pid, cwd, environment }) => {
    const folder = knownOr(cwd, '');
    const inProject = root !== null && (folder === root || folder.startsWith(`${root}/`));
    if (!clients.has(pid) && !inProject) return [];
    const all = Object.entries(knownOr(environment, {}));
    const proxies = all.filter(([name]) => /^(?:https?|all|no)_proxy$/i.test(name));
    return proxies.length === 0 ? [] : [{ pid, variables: Object.fromEntries(proxies) }];
  });
};

const read = (name: string, value: string): ProxySetting | null => {
  const [, scheme = 'http', authority = ''] =
    /^(?:([a-z][a-z\d+.-]{0,20}):\/\/)?([^/?#]+)/i.exec(value) ?? [];
  const endpoint = authority.slice(authority.lastIndexOf('@') + 1);
  const [, bracketed, plain, port] =
    /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(endpoint) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined) return null;
  const kind = scheme.toLowerCase();
  return {
    name,
    value,
    scheme: kind,
    host: host.toLowerCase(),
    port: port === undefined ? (defaultPorts[kind] ?? 1080) : Number(port),
  };
};

/** curl's: 1080 where none is written (curl(1), --proxy); other clients take the scheme's. */
const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443 };
