import { clip, identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { beginsWith, bytesOf, firstLine } from '../wire/bytes.ts';

const versionCommand = bytesOf('version\r\n');

/** memcached, text protocol: `version`; https://github.com/memcached/memcached/blob/master/doc/protocol.txt */
export const memcached: ByteProbe = {
  id: 'memcached',
  name: 'memcached',
  ports: [11_211],
  hello: () => versionCommand,
  read: (bytes) => {
    const line = firstLine(bytes, 256);
    if (line === 'CLIENT_ERROR unauthenticated') {
      const evidence = ['answers version with unauthenticated'];
      return identified({ authentication: 'required', evidence });
    }
    // What it says to any command it does not know; so do others, so that it is asked again.
    if (line === 'ERROR') return { say: versionCommand, otherwise: null };
    const begins = beginsWith(bytes, 'VERSION ');
    const complains = ['CLIENT_ERROR unauthenticated\r\n', 'ERROR\r\n'].some(
      (complaint) => beginsWith(bytes, complaint) === 'more',
    );
    if (begins === 'no') return complains ? 'more' : null;
    if (line === null) return bytes.length < 256 ? 'more' : null;
    const version = clip(line.slice('VERSION '.length));
    const evidence = [`answers version with ${version}, without credentials`];
    return identified({ version, authentication: 'none', evidence });
  },
};
