import { jsonObjectOf, type HttpProduct } from '../http/http-product.ts';
import { textMember } from '../wire/json.ts';

/**
 * The debugger port of Node (`--inspect`): whoever reaches it can run code, it knows no credentials.
 * https://nodejs.org/api/debugger.html
 */
export const nodeInspector: HttpProduct = {
  id: 'node-inspector',
  name: 'Node inspector',
  judge: () => null,
  followUp: {
    path: '/json/version',
    suspect: (answer, hints) =>
      answer.body.startsWith('WebSockets request was expected') || hints.includes('node-inspector'),
    judge: (answer) => {
      const version = jsonObjectOf(answer);
      const browser = textMember(version, 'Browser');
      if (browser?.startsWith('node.js/v') !== true) return null;
      return {
        version: browser.slice('node.js/v'.length),
        authentication: 'none',
        details: { protocolVersion: textMember(version, 'Protocol-Version') ?? 'unknown' },
        evidence: [`GET /json/version names ${browser}`],
      };
    },
  },
};
