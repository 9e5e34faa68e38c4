/** An answer as a server gives it, and what is to be read in it. */
export type Sample = {
  readonly kind: string;
  readonly of: string;
  readonly bytes: Uint8Array;
  /** Members of the identification. */
  readonly shows: Readonly<Record<string, unknown>>;
};

/** The bytes of a text, one byte a character. */
export const text = (value: string): Uint8Array => Buffer.from(value, 'latin1');
/** The bytes of hex digits; spaces are passed over. */
export const hex = (value: string): Uint8Array => Buffer.from(value.replaceAll(' ', ''), 'hex');
