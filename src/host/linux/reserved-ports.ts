import { writeFileSync } from 'node:fs';
import { homeportError } from '../../model/error.ts';
import { codeOf } from '../state/own-path.ts';
import { replaceFile } from '../state/replace-file.ts';
import type { KernelRoot } from './root.ts';

/** What keeps a setting over the next start of the machine (sysctl.d(5)). */
export const reservedPortsFile = '/etc/sysctl.d/60-homeport.conf';

const setting = 'net/ipv4/ip_local_reserved_ports';

/**
 * Writes the list of ports that the kernel keeps from outgoing connections, into the kernel and for
 * its next start. Throws `not-permitted` where the system refuses, with the command for root.
 */
export const writeReservedPorts = (root: KernelRoot, list: string): void => {
  try {
    writeFileSync(`${root.proc}/sys/${setting}`, `${list}\n`);
    replaceFile(root.files + reservedPortsFile, `${fileHead}${line(list)}\n`, 0o644);
  } catch (thrown) {
    throw homeportError(
      'not-permitted',
      `${setting.replaceAll('/', '.')} could not be written (${codeOf(thrown) ?? String(thrown)})`,
      {
        hint: `echo ${line(list)} | sudo tee ${reservedPortsFile} && sudo sysctl -p ${reservedPortsFile}`,
        cause: thrown,
      },
    );
  }
};

const fileHead =
  '# Ports of local servers that no outgoing connection may take: homeport port --reserve.\n';

const line = (list: string): string => `${setting.replaceAll('/', '.')}=${list}`;
