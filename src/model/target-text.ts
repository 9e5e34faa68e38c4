import { endpointText } from './target-endpoint.ts';
import type { EndpointTarget, Target } from './target.ts';

/** The canonical text of a target: `parseTarget` reads it as the same target, without notes on spelling. */
export const targetText = (target: Target): string => {
  switch (target.kind) {
    case 'endpoint':
      return endpointTargetText(target);
    case 'pid':
      return `pid:${target.pid}`;
    case 'name':
      return `name:${target.name}`;
    case 'unix':
      return 'path' in target.name ? `unix:${target.name.path}` : `unix:@${target.name.abstract}`;
  }
};

const endpointTargetText = ({ scheme, transport, host, port, zone }: EndpointTarget): string => {
  if (scheme !== null) return `${scheme}://${endpointText(host ?? '*', port, zone)}`;
  if (host === null) return transport === null ? String(port) : `${transport}:${port}`;
  const text = endpointText(host, port, zone);
  return transport === null ? text : `${transport}://${text}`;
};
