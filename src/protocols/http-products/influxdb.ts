import type { HttpProduct } from '../http/http-product.ts';

/** InfluxDB: every answer names the version in `X-Influxdb-Version`. */
export const influxdb: HttpProduct = {
  id: 'influxdb',
  name: 'InfluxDB',
  judge: (answer) => {
    const version = answer.headers.get('x-influxdb-version');
    return version === undefined ? null : { version, evidence: [`X-Influxdb-Version: ${version}`] };
  },
};
