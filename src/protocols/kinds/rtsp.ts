import { clip, identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { beginsWith, bytesOf, textOf } from '../wire/bytes.ts';

/** RTSP (RFC 7826 13.1): OPTIONS for the server itself. */
export const rtsp: ByteProbe = {
  id: 'rtsp',
  name: 'RTSP',
  hints: ['mediamtx'],
  ports: [554, 8554],
  hello: () => bytesOf('OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: homeport\r\n\r\n'),
  read: (bytes, { ended }) => {
    const begins = beginsWith(bytes, 'RTSP/');
    if (begins !== 'yes') return begins === 'more' ? 'more' : null;
    const text = textOf(bytes, 4_096);
    if (!text.includes('\r\n\r\n') && !ended && text.length < 4_096) return 'more';
    const match = /^RTSP\/(\d\.\d) (\d{3})/.exec(text);
    if (match === null) return null;
    const [, version = '', status = ''] = match;
    const server = /^Server: *([^\r\n]+)/im.exec(text)?.[1];
    return identified({
      version,
      server: server === undefined ? null : clip(server),
      authentication: status === '401' ? 'required' : null,
      details: { status },
      evidence: [`answers OPTIONS with RTSP/${version} ${status}`],
    });
  },
};
