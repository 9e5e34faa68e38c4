import { isServedBy, type HttpProduct } from '../http/http-product.ts';

/** MinIO's S3 API: says so in `Server`, and answers 403 to who shows no key. */
export const minio: HttpProduct = {
  id: 'minio',
  name: 'MinIO',
  judge: (answer) => {
    if (!isServedBy(answer, 'MinIO')) return null;
    const refused = answer.status === 403 && answer.body.includes('AccessDenied');
    return {
      ...(refused ? { authentication: 'required' as const } : {}),
      evidence: ['the Server header is that of MinIO'],
    };
  },
};
