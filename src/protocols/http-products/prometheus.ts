import type { HttpAnswer } from '../http/http-answer.ts';
import { htmlTitle } from '../http/html-title.ts';
import { jsonObjectOf, type HttpProduct } from '../http/http-product.ts';
import { textMember } from '../wire/json.ts';

const pages: readonly string[] = ['/graph', '/query'];

const isPage = (answer: HttpAnswer): boolean =>
  htmlTitle(answer.body)?.startsWith('Prometheus Time Series') === true;

/** Prometheus: redirects to its query page; the build is told at /api/v1/status/buildinfo. */
export const prometheus: HttpProduct = {
  id: 'prometheus',
  name: 'Prometheus',
  judge: (answer) => (isPage(answer) ? { evidence: ['the title is that of Prometheus'] } : null),
  followUp: {
    path: '/api/v1/status/buildinfo',
    headers: { Accept: 'application/json' },
    suspect: (answer, hints) =>
      hints.includes('prometheus') ||
      isPage(answer) ||
      pages.includes(answer.headers.get('location') ?? ''),
    judge: (answer) => {
      const json = jsonObjectOf(answer);
      const data = json?.['data'];
      const version = textMember(data, 'version');
      if (textMember(json, 'status') !== 'success' || version === null) return null;
      if (textMember(data, 'goVersion') === null) return null;
      const evidence = ['GET /api/v1/status/buildinfo answers without credentials'];
      return { version, authentication: 'none', evidence };
    },
  },
};
