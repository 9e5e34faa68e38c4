import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningServer, startServer } from './start-server.ts';

/** An sshd that lets root in by a key of its own, which lies beside it as `client_key`. */
export const startLoginServer = (): Promise<RunningServer> =>
  startServer('sshd', ({ directory }) => ['-D', '-e', '-f', join(directory, 'sshd_config')], {
    prepare: ({ directory, port, run }) => {
      for (const key of ['host_key', 'client_key']) {
        run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(directory, key)]);
      }
      run('mkdir', ['-p', '-m', '755', '/run/sshd']);
      const lines = [
        `Port ${port}`,
        'ListenAddress 127.0.0.1',
        `HostKey ${join(directory, 'host_key')}`,
        `AuthorizedKeysFile ${join(directory, 'client_key.pub')}`,
        'PidFile none',
        'StrictModes no',
        'UsePAM no',
        'PasswordAuthentication no',
        'PermitRootLogin prohibit-password',
        '',
      ];
      writeFileSync(join(directory, 'sshd_config'), lines.join('\n'));
    },
  });

/** The words after `ssh` that log in there and run `command`. */
export const loginWords = (
  { directory, port }: RunningServer,
  command: readonly string[],
): readonly string[] => {
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'BatchMode=yes'];
  const words = ['-F', 'none', '-i', join(directory, 'client_key'), '-p', `${port}`];
  return [...words, ...options.flatMap((one) => ['-o', one]), ...command];
};
