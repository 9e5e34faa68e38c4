import { describe, expect, it } from 'vitest';
import { jdwpPort } from '../../src/model/jdwp-port.ts';

describe('the port of a JVM debugger', () => {
  it.each([
    ['-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=5005', 5005],
    ['-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5006', 5006],
    ['-agentlib:jdwp=address=127.0.0.1:5007,transport=dt_socket,server=y', 5007],
    ['-Xrunjdwp:transport=dt_socket,address=8000,server=y,suspend=y', 8000],
    ['-agentlib:jdwp=transport=dt_socket,server=n,address=ide.local:5005', null],
    ['-agentlib:jdwp=transport=dt_socket,server=y', null],
    ['-jar', null],
  ])('%s', (option, port) => {
    expect(jdwpPort(['java', option, 'Main'])).toEqual(port === null ? null : { port, option });
  });
});
