import type { HttpProduct } from '../http/http-product.ts';

/** ClickHouse's HTTP interface: `GET /` answers `Ok.`; https://clickhouse.com/docs/interfaces/http */
export const clickhouse: HttpProduct = {
  id: 'clickhouse',
  name: 'ClickHouse',
  judge: (answer) => {
    if (answer.headers.has('x-clickhouse-server-display-name')) {
      return { evidence: ['the headers are those of ClickHouse'] };
    }
    return answer.status === 200 && answer.body === 'Ok.\n'
      ? { evidence: ['answers GET / with Ok.'] }
      : null;
  },
};
