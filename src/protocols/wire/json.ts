/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The JSON object that a text is (RFC 8259); null where it is none. Never throws. */
export const parseJsonObject = (text: string): JsonObject | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
};

/** A text member of what may be a JSON object; null where it is not there or no text. */
export const textMember = (value: unknown, name: string): string | null => {
  const member = isJsonObject(value) ? value[name] : undefined;
  return typeof member === 'string' ? member : null;
};

const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
