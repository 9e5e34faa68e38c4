import type { Action } from '../model/finding.ts';
import type { ProxyVariables } from '../model/network.ts';
import { shellCommand } from '../model/shell-quote.ts';
import { proxySettings } from './proxy-settings.ts';

/** The command that takes every proxy out of an environment; `whose`: of this shell, or of a process. */
export const unsetProxies = (variables: ProxyVariables, whose: string, label: string): Action => ({
  label: whose === 'this shell' ? label : `start ${whose} without the proxy variables`,
  command: shellCommand('unset', ...proxySettings(variables, null).map(({ name }) => name)),
  changes: 'the environment of this shell',
});
