/** A target as it was typed, and the path that it names. */
export type PathParted = {
  /** The target without a path that would only be left out. */
  readonly endpoint: string;
  /** Path and query as a request has them; null where none is named. */
  readonly path: string | null;
};

/**
 * Parts the path from a URL of http, https, ws or wss, or from `HOST:PORT/path`. A fragment never
 * leaves the client (RFC 9110 4.2.5). Other texts stay as they are.
 */
export const partPath = (text: string): PathParted => {
  const [, url, ofUrl] = urlShape.exec(text) ?? [];
  if (url !== undefined) return { endpoint: url, path: requestPath(ofUrl ?? '') };
  const [, endpoint, path = ''] = endpointShape.exec(text) ?? [];
  return endpoint === undefined || /^\/(?:tcp|udp)$/i.test(path)
    ? { endpoint: text, path: null }
    : { endpoint, path: requestPath(path) };
};

const urlShape = /^\s*((?:https?|wss?):\/\/[^/?#;\s\\]+)([/?][^#\s]{0,4000})?(?:#\S{0,4000})?\s*$/i;
const endpointShape = /^\s*([^/?#\s@]{1,300}:\d{1,5})(\/[^#\s]{0,4000})(?:#\S{0,4000})?\s*$/;

/** As a browser would write it: percent-encoded, without dot segments (WHATWG URL). */
const requestPath = (text: string): string | null => {
  if (text === '' || text === '/') return null;
  const { pathname, search } = new URL(
    text.startsWith('/') ? `http://h${text}` : `http://h/${text}`,
  );
  return `${pathname}${search}`;
};
