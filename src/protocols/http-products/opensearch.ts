import { jsonObjectOf, type HttpProduct } from '../http/http-product.ts';
import { textMember } from '../wire/json.ts';

/** OpenSearch: `GET /` gives the cluster's name, or 401 where its security plug-in is on. */
export const opensearch: HttpProduct = {
  id: 'opensearch',
  name: 'OpenSearch',
  judge: (answer) => {
    const json = jsonObjectOf(answer);
    const cluster = textMember(json, 'cluster_name');
    const isIt = textMember(json?.['version'], 'distribution') === 'opensearch';
    if (cluster !== null && isIt) {
      const version = textMember(json?.['version'], 'number');
      const evidence = [`GET / names the cluster ${cluster}`];
      return { version, authentication: 'none', details: { cluster }, evidence };
    }
    return answer.headers.get('www-authenticate')?.includes('OpenSearch') === true
      ? { evidence: ['asks for credentials in the name of OpenSearch'] }
      : null;
  },
};
