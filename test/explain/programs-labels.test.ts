import { describe, expect, it } from 'vitest';
import { cleanName } from '../../src/explain/clean-name.ts';
import { debuggerEvidence } from '../../src/explain/debugger-evidence.ts';
import { commandOf } from '../../src/explain/parse-command.ts';
import { sshForwardLabel } from '../../src/explain/ssh-forward.ts';
import { unknown } from '../../src/model/known.ts';

const parse = (line: string) =>
  commandOf({ argv: line.split(' '), exe: unknown('denied'), comm: 'comm' });

describe('sshForwardLabel', () => {
  it.each([
    ['-L 8080:db:5432 bastion', 'ssh forward to db:5432 through bastion'],
    ['bastion -N -L 8080:db:5432', 'ssh forward to db:5432 through bastion'],
    ['-L [::1]:8080:[fd00::2]:80 h', 'ssh forward to [fd00::2]:80 through h'],
    ['-L 8080:/run/docker.sock h', 'ssh forward to /run/docker.sock through h'],
    ['-L /tmp/pg.sock:db:5432 h', 'ssh forward to db:5432 through h'],
    ['-i key -p 22 -fNL 1:a:2 -v u@h', 'ssh forward to a:2 through u@h'],
    ['-L 1:a:2 -L 3:b:4 -D 9 h', 'ssh forward to a:2 through h and 2 more'],
    ['-R 80:localhost:3000 h', 'ssh reverse forward of h:80 to localhost:3000'],
    ['-R *:80:localhost:3000 h', 'ssh reverse forward of h:80 to localhost:3000'],
    ['-R 80:/run/x.sock h', 'ssh reverse forward of h:80 to /run/x.sock'],
    ['-R 1080 h', 'ssh SOCKS proxy for h'],
    ['-D1080 h', 'ssh SOCKS proxy through h'],
    ['-L 1:a:2', 'ssh forward to a:2 through its host'],
  ])('ssh %s', (words, label) => {
    expect(sshForwardLabel(words.split(' '))).toBe(label);
  });

  it.each(['h', 'h grep -L x y', '-o LogLevel=ERROR h', '-i -L h', ''])(
    'no forward: ssh %s',
    (words) => {
      expect(sshForwardLabel(words.split(' '))).toBeNull();
    },
  );

  it('survives a forward without its value', () => {
    expect(sshForwardLabel(['-L'])).toBe('ssh forward to  through its host');
  });
});

describe('debuggerEvidence', () => {
  it.each([
    ['node --inspect x.js', 1],
    ['node --inspect-brk=9230 x.js', 1],
    ['node x.js --inspect', 0],
    ['node --inspect-publish-uid=http x.js', 0],
    ['deno run --inspect-wait x.ts', 1],
    ['java -agentlib:jdwp=transport=dt_socket,server=y,address=5005 Main', 1],
    ['java -Xrunjdwp:transport=dt_socket,server=y,address=5005 Main', 1],
    ['java -agentlib:jdwp=transport=dt_socket,server=n,address=h:5005 Main', 0],
    ['java Main -agentlib:jdwp=server=y', 0],
    ['python -m debugpy --listen 5678 app.py', 1],
    ['python app.py --listen 5678', 0],
    ['/opt/google/chrome/chrome --remote-debugging-port=9222', 1],
    ['nginx', 0],
  ])('%s: %d', (line, count) => {
    expect(debuggerEvidence(parse(line))).toHaveLength(count);
  });

  it('repeats no token of a debugger', () => {
    const line = 'python /x/debugpy --connect 127.0.0.1:1 --adapter-access-token s3cret app.py';
    expect(debuggerEvidence(parse(line)).join()).not.toContain('s3cret');
  });
});

describe('cleanName', () => {
  it.each([
    ['python3 app.py', 'app.py'],
    ['python3 -', 'python3'],
    ['/opt/acme/bin/acmed -x', 'acmed'],
    ['Acme.exe', 'Acme'],
    ['node /x/node_modules/@acme/tool/dist/cli.js', '@acme/tool'],
    ['node /x/node_modules/.bin/acme', 'acme'],
    ['python -m acme.server', 'acme.server'],
    ['java -jar /opt/acme.jar', 'acme.jar'],
    ['java com.acme.Outer$Main', 'Main'],
    ['dotnet test', 'dotnet test'],
    ['python3', 'python3'],
  ])('%s is %s', (line, name) => {
    expect(cleanName(parse(line), 'comm')).toBe(name);
  });
});
