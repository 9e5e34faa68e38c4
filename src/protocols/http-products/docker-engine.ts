import {
  jsonObjectOf,
  serverVersion,
  type HttpProduct,
  type ProductSight,
} from '../http/http-product.ts';
import { textMember } from '../wire/json.ts';
import type { HttpAnswer } from '../http/http-answer.ts';

/** The API of Docker Engine or Podman: every answer names the API's version in a header. */
export const dockerEngine: HttpProduct = {
  id: 'docker-engine',
  name: 'Docker Engine API',
  judge: (answer) => {
    const api = answer.headers.get('api-version');
    if (api === undefined) return null;
    const docker = serverVersion(answer, 'Docker');
    const podman = serverVersion(answer, 'Libpod');
    if (docker === null && podman === null && !answer.headers.has('docker-experimental'))
      return null;
    return sightOf(podman !== null, docker ?? podman, api, `Api-Version: ${api}`);
  },
  followUp: {
    path: '/version',
    suspect: (answer) => answer.headers.has('api-version'),
    judge: (answer: HttpAnswer) => {
      const json = jsonObjectOf(answer);
      const api = textMember(json, 'ApiVersion');
      if (answer.status !== 200 || api === null) return null;
      const podman = answer.body.includes('"Podman Engine"');
      const version = textMember(json, 'Version');
      const evidence = 'GET /version answers without credentials';
      return { ...sightOf(podman, version, api, evidence), authentication: 'none' };
    },
  },
};

const sightOf = (
  podman: boolean,
  version: string | null,
  apiVersion: string,
  evidence: string,
): ProductSight => ({
  ...(podman ? { name: 'Podman API' } : {}),
  version,
  details: { apiVersion },
  evidence: [evidence],
});
