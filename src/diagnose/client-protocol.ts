import type { EndpointFacts } from './facts.ts';

/** What tells of the client. */
export type Asking = Pick<EndpointFacts, 'expected' | 'message' | 'target'> & {
  readonly symptom: Pick<EndpointFacts['symptom'], 'role'>;
};

/**
 * What the client of a diagnosis speaks, as `facts.expected` has it; where that is not told, by the
 * URL of the endpoint in the message, or by a program that speaks one protocol alone. null: not told.
 */
export const clientProtocol = (facts: Asking): string | null => {
  if (facts.expected !== null) return facts.expected;
  const { message, symptom } = facts;
  if (message === null || symptom.role === 'server') return null;
  return ofUrl(message.text ?? '', facts) ?? ofEcosystem.get(message.ecosystem ?? '') ?? null;
};

const ofUrl = (text: string, { target }: Asking): string | null => {
  const urls = text.matchAll(/\b(https?|wss?):\/\/([^\s/?#"'<>]{1,200})/gi);
  for (const [, scheme = '', authority = ''] of urls) {
    const secure = /s$/i.test(scheme);
    const [, port] = /:(\d{1,5})$/.exec(authority) ?? [];
    const number = port === undefined ? (secure ? 443 : 80) : Number(port);
    if (number === target.port) return secure ? 'https' : 'http';
  }
  return null;
};

const ofEcosystem: ReadonlyMap<string, string> = new Map([
  ['grpc', 'grpc'],
  ['wget', 'http'],
  ['vite', 'http'],
  ['webpack', 'http'],
]);
