import { htmlTitle } from '../http/html-title.ts';
import { jsonObjectOf, type HttpProduct } from '../http/http-product.ts';
import { textMember } from '../wire/json.ts';

const hints: readonly string[] = ['chrome', 'chromium', 'chrome-devtools', 'electron', 'edge'];
const titles: readonly string[] = ['Headless remote debugging', 'Inspectable WebContents'];

/**
 * The remote debugging port of Chromium and what is built from it (`--remote-debugging-port`).
 * https://chromedevtools.github.io/devtools-protocol/#endpoints
 */
export const chromeDevtools: HttpProduct = {
  id: 'chrome-devtools',
  name: 'Chrome DevTools',
  judge: () => null,
  followUp: {
    path: '/json/version',
    suspect: (answer, given) =>
      given.some((hint) => hints.includes(hint)) || titles.includes(htmlTitle(answer.body) ?? ''),
    judge: (answer) => {
      const version = jsonObjectOf(answer);
      const browser = textMember(version, 'Browser');
      const protocolVersion = textMember(version, 'Protocol-Version');
      if (browser === null || protocolVersion === null || browser.startsWith('node.js/'))
        return null;
      return {
        version: browser.split('/')[1] ?? null,
        authentication: 'none',
        details: { browser, protocolVersion },
        evidence: [`GET /json/version names ${browser}`],
      };
    },
  },
};
