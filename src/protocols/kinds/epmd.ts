import { clip, identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { textOf } from '../wire/bytes.ts';
import { cursorOver } from '../wire/cursor.ts';

/**
 * The Erlang Port Mapper Daemon: NAMES_REQ, answered by its own port and one line per node.
 * https://www.erlang.org/doc/apps/erts/erl_dist_protocol.html#get-all-registered-names-from-epmd
 */
export const epmd: ByteProbe = {
  id: 'epmd',
  name: 'Erlang port mapper',
  ports: [4369],
  ambiguous: true,
  hello: () => Uint8Array.of(0, 1, 0x6e),
  read: (bytes, { ended, port }) => {
    const ownPort = cursorOver(bytes).u32();
    if (bytes.length < 4)
      return bytes.every((byte) => byte === 0) || bytes[0] === 0 ? 'more' : null;
    if (ownPort !== port) return null;
    if (!ended) return 'more';
    const lines = textOf(bytes.subarray(4), 8_192).split('\n');
    const nodes = lines.flatMap((line) => {
      const match = /^name (\S+) at port (\d{1,5})$/.exec(line);
      return match === null ? [] : [`${match[1]}:${match[2]}`];
    });
    return identified({
      details: { nodes: clip(nodes.join(', ')) },
      evidence: [`names ${nodes.length} Erlang nodes`],
    });
  },
};
