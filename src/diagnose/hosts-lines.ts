import { canonicalIp } from '../model/ip.ts';
import type { Action } from '../model/finding.ts';
import type { HostsEntry, HostsFile } from '../model/network.ts';
import { shellQuote } from '../model/shell-quote.ts';
import { byRoot } from './as-root.ts';

/** The entries that name a host, in the file's order. */
export const entriesOf = ({ entries }: HostsFile, name: string): readonly HostsEntry[] =>
  entries.filter(({ names }) => names.includes(name));

/** Whether a hosts file gives a name this address, however the file writes it. */
export const givesAddress = (file: HostsFile, name: string, address: string): boolean =>
  entriesOf(file, name).some((entry) => canonicalIp(entry.address) === address);

/** An entry as a person finds it: `/etc/hosts:4 says 10.0.0.5 for localhost db`. */
export const hostsLine = ({ path }: HostsFile, { line, address, names }: HostsEntry): string =>
  `${path}:${line} says ${address} for ${names.join(' ')}`;

/** Adds an entry at the end of a hosts file. */
export const addEntry = ({ path }: HostsFile, address: string, name: string): Action => ({
  label: `give ${name} the address ${address} in the hosts file`,
  ...byRoot('sh', '-c', `echo ${address} ${name} >> ${shellQuote(path)}`),
  changes: `one line more at the end of ${path}`,
});

/** Comments an entry out, or has it edited by hand where it gives other names too. */
export const dropEntry = (
  { path }: HostsFile,
  { line, names }: HostsEntry,
  wrong: readonly string[],
): Action => {
  if (names.every((name) => wrong.includes(name))) {
    return {
      label: `comment line ${line} of ${path} out`,
      ...byRoot('sed', '-i.bak', `${line}s/^/# /`, path),
      changes: `line ${line} of ${path} no longer counts; the file as it was is kept as ${path}.bak`,
    };
  }
  return {
    label: `take ${wrong.join(' and ')} out of line ${line} of ${path}`,
    ...byRoot('-e', path),
    changes: `what you change in ${path}`,
  };
};
