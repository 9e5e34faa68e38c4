import { jsonObjectOf, type HttpProduct } from '../http/http-product.ts';
import { textMember } from '../wire/json.ts';

/** Elasticsearch: `GET /` gives the cluster's name, or 401 once security is on. */
export const elasticsearch: HttpProduct = {
  id: 'elasticsearch',
  name: 'Elasticsearch',
  judge: (answer) => {
    const json = jsonObjectOf(answer);
    const cluster = textMember(json, 'cluster_name');
    const tagline = textMember(json, 'tagline');
    const version = textMember(json?.['version'], 'number');
    if (cluster !== null && tagline === 'You Know, for Search') {
      const evidence = [`GET / names the cluster ${cluster}`];
      return { version, authentication: 'none', details: { cluster }, evidence };
    }
    const product = answer.headers.get('x-elastic-product');
    const realm = answer.headers.get('www-authenticate')?.includes('realm="security"') === true;
    if (product === 'Elasticsearch' || (answer.status === 401 && realm)) {
      return { evidence: ['the headers are those of Elasticsearch'] };
    }
    return null;
  },
};
