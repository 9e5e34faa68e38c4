import { identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { beginsWith, textOf } from '../wire/bytes.ts';

const longestHead = 64;

/**
 * A debug adapter, such as debugpy's: greets with an `output` event.
 * https://microsoft.github.io/debug-adapter-protocol/overview#base-protocol
 */
export const dap: ByteProbe = {
  id: 'dap',
  name: 'Debug Adapter Protocol',
  hints: ['debugpy'],
  hello: null,
  read: (bytes, { ended }) => {
    const begins = beginsWith(bytes, 'Content-Length: ');
    if (begins !== 'yes') return begins === 'more' ? 'more' : null;
    const text = textOf(bytes, 4_096);
    const body = text.indexOf('{');
    if (body === -1) return ended || text.length > longestHead ? null : 'more';
    if (!/"type": ?"event"/.test(text)) return ended || text.length >= 4_096 ? null : 'more';
    const debugpy = text.includes('"ptvsd"') || text.includes('debugpy');
    return identified({
      ...(debugpy ? { server: 'debugpy' } : {}),
      authentication: 'none',
      evidence: ['greets with a debug adapter event'],
    });
  },
};
