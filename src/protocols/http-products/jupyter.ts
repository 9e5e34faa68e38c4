import { isServedBy, jsonObjectOf, textMember, type HttpProduct } from '../http/http-product.ts';

const pages: readonly string[] = ['/tree', '/lab', '/login?next='];

/** Jupyter Server: Tornado that redirects to a notebook page; /api tells the version to anybody. */
export const jupyter: HttpProduct = {
  id: 'jupyter',
  name: 'Jupyter Server',
  judge: () => null,
  followUp: {
    path: '/api',
    suspect: (answer, hints) => {
      if (hints.includes('jupyter')) return true;
      const location = answer.headers.get('location') ?? '';
      return isServedBy(answer, 'TornadoServer') && pages.some((page) => location.startsWith(page));
    },
    judge: (answer) => {
      const version = textMember(jsonObjectOf(answer), 'version');
      if (version === null || !isServedBy(answer, 'TornadoServer')) return null;
      return { version, evidence: [`GET /api names version ${version}`] };
    },
  },
};
