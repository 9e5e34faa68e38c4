import { jsonObjectOf, type HttpProduct } from '../http/http-product.ts';
import { textMember } from '../wire/json.ts';

/** CouchDB: welcomes everybody at the root with its version; data may still need credentials. */
export const couchdb: HttpProduct = {
  id: 'couchdb',
  name: 'CouchDB',
  judge: (answer) => {
    const json = jsonObjectOf(answer);
    return textMember(json, 'couchdb') === 'Welcome'
      ? { version: textMember(json, 'version'), evidence: ['GET / welcomes to CouchDB'] }
      : null;
  },
};
