import type { HttpProduct } from '../http/http-product.ts';

/** Jenkins: every answer names the version in `X-Jenkins`; 403 where anonymous may not read. */
export const jenkins: HttpProduct = {
  id: 'jenkins',
  name: 'Jenkins',
  judge: (answer) => {
    const version = answer.headers.get('x-jenkins');
    if (version === undefined) return null;
    return {
      version,
      ...(answer.status === 403 ? { authentication: 'required' as const } : {}),
      evidence: [`X-Jenkins: ${version}`],
    };
  },
};
