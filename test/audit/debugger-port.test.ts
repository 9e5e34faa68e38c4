import { describe, expect, test } from 'vitest';
import { debuggerPort } from '../../src/audit/debugger-port.ts';
import { factsOf, listenerOf, processOf } from './rule-facts.ts';

const find = (command: string, port: number) =>
  debuggerPort(
    factsOf({ listener: listenerOf({ port }), process: processOf({ argv: command.split(' ') }) }),
  );

describe('debuggerPort', () => {
  test.each([
    ['node --inspect a.js', 9229, 'V8 inspector'],
    ['node --inspect-brk=9230 a.js', 9230, 'V8 inspector'],
    ['node --inspect=127.0.0.1:9231 a.js', 9231, 'V8 inspector'],
    ['node --inspect=0.0.0.0 a.js', 9229, 'V8 inspector'],
    ['bun --inspect a.ts', 6499, 'V8 inspector'],
    ['/opt/google/chrome/chrome --remote-debugging-port=9222', 9222, 'Chrome DevTools'],
    ['chromium --remote-debugging-port 9223', 9223, 'Chrome DevTools'],
    [
      'java -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005 -jar x',
      5005,
      'Java debugger (JDWP)',
    ],
    ['java -Xrunjdwp:server=y,address=5006 x', 5006, 'Java debugger (JDWP)'],
    ['python3 -m debugpy --listen 0.0.0.0:5678 a.py', 5678, 'Python debugger (debugpy)'],
    ['python3 -m debugpy --listen 5679 a.py', 5679, 'Python debugger (debugpy)'],
    ['dlv debug --headless --listen=:2345', 2345, 'Go debugger (Delve)'],
    ['ruby /usr/bin/rdbg --open --port 12345 -- a.rb', 12345, 'Ruby debugger (rdbg)'],
    ['gdbserver :1234 ./a.out', 1234, 'gdbserver'],
  ])('%s opens %i', (command, port, name) => {
    expect(find(command, port)).toMatchObject({ name });
    expect(find(command, port + 1)).toBeNull();
  });

  test.each([
    ['node --inspect-port=9229 a.js', 9229],
    ['node --inspect=0 a.js', 9229],
    ['java -agentlib:jdwp=transport=dt_socket,server=n,address=host:5005 x', 5005],
    ['java -agentlib:jdwpx=server=y,address=5005 x', 5005],
    ['python3 a.py --listen 5678', 5678],
    ['node a.js', 9229],
    ['myserver --listen=:2345', 2345],
  ])('%s does not open %i', (command, port) => {
    expect(find(command, port)).toBeNull();
  });

  test('is no matter of UDP', () => {
    const listener = listenerOf({ transport: 'udp', port: 9229 });
    const process = processOf({ argv: ['node', '--inspect'] });
    expect(debuggerPort(factsOf({ listener, process }))).toBeNull();
  });
});
