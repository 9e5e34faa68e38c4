import { jsonObjectOf, type HttpProduct } from '../http/http-product.ts';
import { textMember } from '../wire/json.ts';

/** Grafana: redirects to /login unless anonymous may read; /api/health tells the version. */
export const grafana: HttpProduct = {
  id: 'grafana',
  name: 'Grafana',
  judge: () => null,
  followUp: {
    path: '/api/health',
    suspect: (answer, hints) =>
      hints.includes('grafana') ||
      (answer.headers.get('set-cookie')?.includes('redirect_to=') === true &&
        answer.headers.get('location') === '/login') ||
      answer.body.includes('grafanaBootData'),
    judge: (answer) => {
      const json = jsonObjectOf(answer);
      if (textMember(json, 'database') === null || json?.['commit'] === undefined) return null;
      return { version: textMember(json, 'version'), evidence: ['GET /api/health is Grafana’s'] };
    },
  },
};
