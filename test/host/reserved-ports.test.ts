import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reservedPortsFile, writeReservedPorts } from '../../src/host/linux/reserved-ports.ts';
import { makeFolder } from '../support/make-folder.ts';

/** A machine made of files. */
const machine = () => {
  const files = makeFolder();
  const proc = join(files, 'proc');
  mkdirSync(join(proc, 'sys/net/ipv4'), { recursive: true });
  mkdirSync(join(files, 'etc/sysctl.d'), { recursive: true });
  return { proc, files, isReal: false };
};

describe('ports that are kept from outgoing connections', () => {
  it('are written into the kernel and for its next start', () => {
    const root = machine();
    writeFileSync(join(root.files, reservedPortsFile), 'what was there');
    writeReservedPorts(root, '8080-8081,40000');
    const setting = join(root.proc, 'sys/net/ipv4/ip_local_reserved_ports');
    expect(readFileSync(setting, 'utf8')).toBe('8080-8081,40000\n');
    expect(readFileSync(join(root.files, reservedPortsFile), 'utf8')).toMatch(
      /^#.+\nnet\.ipv4\.ip_local_reserved_ports=8080-8081,40000\n$/,
    );
    expect(statSync(join(root.files, reservedPortsFile)).mode & 0o777).toBe(0o644);
  });

  it('that can not be written come with the command that root can run', () => {
    const root = { ...machine(), proc: '/nonexistent' };
    expect(() => writeReservedPorts(root, '40000')).toThrow(
      expect.objectContaining({
        code: 'not-permitted',
        message: 'net.ipv4.ip_local_reserved_ports could not be written (ENOENT)',
        hint: 'echo net.ipv4.ip_local_reserved_ports=40000 | sudo tee /etc/sysctl.d/60-homeport.conf && sudo sysctl -p /etc/sysctl.d/60-homeport.conf',
      }),
    );
  });
});
