import { beginsWith, textOf, utf8Of } from '../wire/bytes.ts';

/** An HTTP response as far as it came. Header names are lower case, repeated ones joined by `, `. */
export type HttpAnswer = {
  /** `1.1`, `1.0` or `2`. */
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: ReadonlyMap<string, string>;
  /** UTF-8 text, de-chunked, cut at what was read. */
  readonly body: string;
};

/**
 * Parses an HTTP/1.x response (RFC 9112). `more` until head and body are whole; what there is once
 * it has `ended`; null for anything that is not HTTP. Interim (1xx) responses are passed over.
 */
export const parseHttpAnswer = (bytes: Uint8Array, ended: boolean): HttpAnswer | 'more' | null => {
  const begins = beginsWith(bytes, 'HTTP/');
  if (begins !== 'yes') return begins === 'no' || ended ? null : 'more';
  const text = textOf(bytes);
  const head = findFinalHead(text, ended);
  if (head === null || head === 'more') return head;
  const { statusLine, headerLines, bodyAt } = head;
  const headers = parseHeaders(headerLines);
  const body = readBody(bytes.subarray(bodyAt), statusLine.status, headers);
  if (!body.whole && !ended) return 'more';
  return { ...statusLine, headers, body: utf8Of(body.bytes) };
};

type StatusLine = Pick<HttpAnswer, 'version' | 'status' | 'reason'>;
type Head = {
  readonly statusLine: StatusLine;
  readonly headerLines: readonly string[];
  readonly bodyAt: number;
};

const mostInterimResponses = 8;

const findFinalHead = (text: string, ended: boolean): Head | 'more' | null => {
  let at = 0;
  for (let interim = 0; interim <= mostInterimResponses; interim += 1) {
    const end = endOfHead(text, at);
    if (end === null && !ended) return 'more';
    const [first = '', ...headerLines] = text.slice(at, end?.from ?? text.length).split(/\r?\n/);
    const statusLine = parseStatusLine(first);
    if (statusLine === null) return null;
    const bodyAt = end?.to ?? text.length;
    const final = statusLine.status >= 200 || statusLine.status === 101;
    if (final) return { statusLine, headerLines, bodyAt };
    at = bodyAt;
  }
  return null;
};

const endOfHead = (text: string, from: number): { from: number; to: number } | null => {
  const strict = text.indexOf('\r\n\r\n', from);
  const lax = text.indexOf('\n\n', from);
  if (strict === -1 && lax === -1) return null;
  return strict !== -1 && (lax === -1 || strict < lax)
    ? { from: strict, to: strict + 4 }
    : { from: lax, to: lax + 2 };
};

const parseStatusLine = (line: string): StatusLine | null => {
  const match = /^HTTP\/(\d(?:\.\d)?) (\d{3})(?: (.*))?$/.exec(line);
  if (match === null) return null;
  const [, version = '', status = '', reason = ''] = match;
  return { version, status: Number(status), reason };
};

const parseHeaders = (lines: readonly string[]): ReadonlyMap<string, string> => {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return headers;
};

type Body = { readonly bytes: Uint8Array; readonly whole: boolean };

const readBody = (
  bytes: Uint8Array,
  status: number,
  headers: ReadonlyMap<string, string>,
): Body => {
  if (status === 101 || status === 204 || status === 304) {
    return { bytes: new Uint8Array(), whole: true };
  }
  if (headers.get('transfer-encoding')?.toLowerCase().includes('chunked') === true) {
    return dechunk(bytes);
  }
  const length = headers.get('content-length');
  if (length === undefined || !/^\d{1,12}$/.test(length)) return { bytes, whole: false };
  return { bytes: bytes.subarray(0, Number(length)), whole: bytes.length >= Number(length) };
};

/** RFC 9112 7.1; what does not parse ends the body. */
const dechunk = (bytes: Uint8Array): Body => {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf(0x0a, at);
    if (lineEnd === -1) return { bytes: Buffer.concat(chunks), whole: false };
    const size = /^[0-9a-f]{1,8}/i.exec(textOf(bytes.subarray(at, Math.min(lineEnd, at + 9))))?.[0];
    const length = size === undefined ? 0 : Number.parseInt(size, 16);
    if (length === 0) return { bytes: Buffer.concat(chunks), whole: true };
    chunks.push(bytes.subarray(lineEnd + 1, lineEnd + 1 + length));
    at = lineEnd + 1 + length + 2;
  }
};
