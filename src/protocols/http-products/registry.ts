import type { HttpProduct } from '../http/http-product.ts';
import { chromeDevtools } from './chrome-devtools.ts';
import { clickhouse } from './clickhouse.ts';
import { couchdb } from './couchdb.ts';
import { dockerEngine } from './docker-engine.ts';
import { elasticsearch } from './elasticsearch.ts';
import { etcd } from './etcd.ts';
import { grafana } from './grafana.ts';
import { influxdb } from './influxdb.ts';
import { jenkins } from './jenkins.ts';
import { jupyter } from './jupyter.ts';
import { kubernetesApi } from './kubernetes-api.ts';
import { minio } from './minio.ts';
import { nodeInspector } from './node-inspector.ts';
import { ollama } from './ollama.ts';
import { opensearch } from './opensearch.ts';
import { prometheus } from './prometheus.ts';
import { rabbitmqManagement } from './rabbitmq-management.ts';
import { websocket } from './websocket.ts';

/** Products known by their HTTP answers; the first that takes an answer wins. */
export const httpProducts: readonly HttpProduct[] = [
  nodeInspector,
  dockerEngine,
  opensearch,
  elasticsearch,
  kubernetesApi,
  couchdb,
  influxdb,
  jenkins,
  minio,
  ollama,
  clickhouse,
  prometheus,
  grafana,
  jupyter,
  rabbitmqManagement,
  etcd,
  chromeDevtools,
  websocket,
];
