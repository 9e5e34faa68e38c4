import { clip, identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { beginsWith, bytesOf, firstLine } from '../wire/bytes.ts';

/** memcached, text protocol: `version`; https://github.com/memcached/memcached/blob/master/doc/protocol.txt */
export const memcached: ByteProbe = {
  id: 'memcached',
  name: 'memcached',
  ports: [11_211],
  hello: () => bytesOf('version\r\n'),
  read: (bytes) => {
    const line = firstLine(bytes, 256);
    if (line === 'CLIENT_ERROR unauthenticated') {
      const evidence = ['answers version with unauthenticated'];
      return identified({ authentication: 'required', evidence });
    }
    const begins = beginsWith(bytes, 'VERSION ');
    if (begins === 'no') return beginsWith(bytes, 'CLIENT_ERROR ') === 'more' ? 'more' : null;
    if (line === null) return bytes.length < 256 ? 'more' : null;
    const version = clip(line.slice('VERSION '.length));
    const evidence = [`answers version with ${version}, without credentials`];
    return identified({ version, authentication: 'none', evidence });
  },
};
