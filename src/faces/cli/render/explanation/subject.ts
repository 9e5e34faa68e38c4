import type { Target } from '../../../../model/target.ts';
import { endpointText } from '../endpoint.ts';

/** What was asked about, as a sentence names it: `127.0.0.1:3000`, `port 3000`, `process 4242`. */
export const subjectOf = (target: Target): string => {
  switch (target.kind) {
    case 'endpoint': {
      const host = target.address ?? target.host;
      if (host === null || host === '*') return `port ${target.port}`;
      const zone = target.zone === null ? '' : `%${target.zone}`;
      return endpointText(`${host}${zone}`, target.port);
    }
    case 'pid':
      return `process ${target.pid}`;
    case 'name':
      return target.name;
    case 'unix':
      return 'path' in target.name ? target.name.path : `@${target.name.abstract}`;
  }
};
