import { htmlTitle } from '../http/html-title.ts';
import { isServedBy, jsonObjectOf, type HttpProduct } from '../http/http-product.ts';
import { textMember } from '../wire/json.ts';

const pages: readonly string[] = ['/tree', '/lab', '/login?next='];

/** Jupyter Server: Tornado with a page of its own or a redirect to one; /api tells the version to anybody. */
export const jupyter: HttpProduct = {
  id: 'jupyter',
  name: 'Jupyter Server',
  judge: () => null,
  followUp: {
    path: '/api',
    suspect: (answer, hints) => {
      if (hints.includes('jupyter')) return true;
      if (!isServedBy(answer, 'TornadoServer')) return false;
      const location = answer.headers.get('location') ?? '';
      const titled = htmlTitle(answer.body)?.startsWith('Jupyter') === true;
      return titled || pages.some((page) => location.startsWith(page));
    },
    judge: (answer) => {
      const version = textMember(jsonObjectOf(answer), 'version');
      if (version === null || !isServedBy(answer, 'TornadoServer')) return null;
      return { version, evidence: [`GET /api names version ${version}`] };
    },
  },
};
