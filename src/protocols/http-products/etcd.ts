import { jsonObjectOf, type HttpProduct } from '../http/http-product.ts';
import { textMember } from '../wire/json.ts';

/** etcd: a bare `404 page not found` at the root, its version at /version without credentials. */
export const etcd: HttpProduct = {
  id: 'etcd',
  name: 'etcd',
  judge: () => null,
  followUp: {
    path: '/version',
    suspect: (_answer, hints) => hints.includes('etcd'),
    judge: (answer) => {
      const version = textMember(jsonObjectOf(answer), 'etcdserver');
      return version === null
        ? null
        : { version, evidence: [`GET /version names etcd ${version}`] };
    },
  },
};
