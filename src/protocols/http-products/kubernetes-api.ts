import { jsonObjectOf, type HttpProduct } from '../http/http-product.ts';
import { textMember } from '../wire/json.ts';

const refusals: readonly number[] = [401, 403];

/** The Kubernetes API server: refuses strangers with a `Status` object, or lists its paths. */
export const kubernetesApi: HttpProduct = {
  id: 'kubernetes-api',
  name: 'Kubernetes API',
  judge: (answer) => {
    const json = jsonObjectOf(answer);
    if (textMember(json, 'kind') === 'Status' && textMember(json, 'apiVersion') === 'v1') {
      const refused = refusals.includes(answer.status);
      return {
        ...(refused ? { authentication: 'required' as const } : {}),
        evidence: ['GET / answers with a Kubernetes Status object'],
      };
    }
    const paths = json?.['paths'];
    return Array.isArray(paths) && paths.includes('/apis')
      ? { authentication: 'none', evidence: ['GET / lists the paths of a Kubernetes API'] }
      : null;
  },
};
