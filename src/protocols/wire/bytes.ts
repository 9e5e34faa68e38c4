/** The bytes of a text, one byte a character (ISO 8859-1). */
export const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** The text of bytes, one character a byte, so that no input is invalid; at most `limit` of them. */
export const textOf = (bytes: Uint8Array, limit: number = bytes.length): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(limit, bytes.length)).toString('latin1');

/** The text of UTF-8 bytes; what is not UTF-8 becomes U+FFFD. */
export const utf8Of = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');

/** Whether `bytes` begin with `prefix`. */
export const startsWith = (bytes: Uint8Array, prefix: Uint8Array): boolean =>
  bytes.length >= prefix.length && prefix.every((byte, index) => bytes[index] === byte);

/**
 * How bytes stand to a fixed text at their start: `yes`, `no`, or `more` where they are a part of it
 * so far.
 */
export const beginsWith = (bytes: Uint8Array, text: string): 'yes' | 'no' | 'more' => {
  const start = textOf(bytes, text.length);
  if (start === text) return 'yes';
  return text.startsWith(start) ? 'more' : 'no';
};

/** The first line without its CR LF or LF; null while its end has not come within `limit` bytes. */
export const firstLine = (bytes: Uint8Array, limit = 1_024): string | null => {
  const text = textOf(bytes, limit);
  const end = text.indexOf('\n');
  if (end === -1) return null;
  return text[end - 1] === '\r' ? text.slice(0, end - 1) : text.slice(0, end);
};

/** Bytes for a person: quoted text where all of them are printable, else hex; at most `limit`. */
export const previewOf = (bytes: Uint8Array, limit = 32): string => {
  const shown = bytes.subarray(0, limit);
  const rest = bytes.length > limit ? ` … (${bytes.length} bytes)` : '';
  const printable = shown.every((byte) => isPrintable(byte));
  return (printable ? JSON.stringify(textOf(shown)) : hexOf(shown)) + rest;
};

const isPrintable = (byte: number): boolean =>
  (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
