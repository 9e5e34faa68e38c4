import type { HttpAnswer } from '../../src/protocols/http/http-answer.ts';

type Parts = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** An HTTP answer of the parts given; 200 without headers and body else. */
export const httpAnswer = ({ status = 200, headers = {}, body = '' }: Parts): HttpAnswer => ({
  version: '1.1',
  status,
  reason: '',
  headers: new Map(Object.entries(headers)),
  body,
});

/** An answer whose body is JSON. */
export const jsonAnswer = (value: unknown, parts: Omit<Parts, 'body'> = {}): HttpAnswer =>
  httpAnswer({ ...parts, body: JSON.stringify(value) });
