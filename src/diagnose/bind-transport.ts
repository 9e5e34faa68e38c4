import type { InetTransport } from '../model/target.ts';
import type { EndpointFacts } from './facts.ts';

/**
 * The transport that a server wanted to bind, where its message tells: Go's `listen udp :53`, a frame
 * of `node:dgram`, `SOCK_DGRAM`; null where it does not. `text`: the message with what stands around.
 */
export const transportTold = (line: string | null, text: string): InetTransport | null => {
  for (const part of [line ?? '', text]) {
    const udp = /\bdgram\b|\bSOCK_DGRAM\b|\budp[46]?\b|\bUDPServer\b/i.test(part);
    const tcp = /\blisten E[A-Z]+\b|\bnode:net\b|\bSOCK_STREAM\b|\btcp[46]?\b|\bTCPServer\b/i.test(
      part,
    );
    if (udp !== tcp) return udp ? 'udp' : 'tcp';
  }
  return null;
};

/** Whether the sockets that were read say that UDP has the port here, and TCP has it not. */
export const onlyUdpHeld = ({ listeners, target }: EndpointFacts): boolean => {
  const here = listeners.filter(
    (one) => one.transport !== 'unix' && one.namespace === 'this' && one.port === target.port,
  );
  return here.length > 0 && here.every(({ transport }) => transport === 'udp');
};
