import { clip, identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { firstLine } from '../wire/bytes.ts';

/** SSH: `SSH-protoversion-softwareversion comments`, first line from the server (RFC 4253 4.2). */
export const ssh: ByteProbe = {
  id: 'ssh',
  name: 'SSH',
  hello: null,
  read: (bytes, { ended }) => {
    if (bytes[0] !== 0x53) return null;
    const line = firstLine(bytes, 255);
    if (line === null) return ended || bytes.length >= 255 ? null : 'more';
    const match = /^SSH-(\d\.\d+)-(.*)$/.exec(line);
    if (match === null) return null;
    const [, version = '', server = ''] = match;
    return identified({ version, server: clip(server), evidence: [`greets with ${clip(line)}`] });
  },
};
