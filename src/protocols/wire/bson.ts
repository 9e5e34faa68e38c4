import { utf8Of } from './bytes.ts';
import { cursorOver, type Cursor } from './cursor.ts';

type BsonInput = { readonly [name: string]: number | string | boolean | BsonInput };

/** A document's own members that are plain values; others (documents, arrays …) are left out. */
export type BsonFields = ReadonlyMap<string, number | string | boolean>;

/** Encodes a small document of 32-bit integers, texts, booleans and documents (bsonspec.org). */
export const encodeBson = (document: BsonInput): Uint8Array => {
  const elements = Object.entries(document).map(([name, value]) => encodeElement(name, value));
  const body = Buffer.concat(elements);
  return Buffer.concat([u32le(body.length + 5), body, Buffer.of(0)]);
};

const encodeElement = (name: string, value: number | string | boolean | BsonInput): Buffer => {
  const element = (type: number, payload: Uint8Array): Buffer =>
    Buffer.concat([Buffer.of(type), Buffer.from(`${name}\0`), payload]);
  if (typeof value === 'number') return element(0x10, u32le(value));
  if (typeof value === 'boolean') return element(0x08, Buffer.of(value ? 1 : 0));
  if (typeof value === 'object') return element(0x03, encodeBson(value));
  const text = Buffer.from(`${value}\0`);
  return element(0x02, Buffer.concat([u32le(text.length), text]));
};

/** Four bytes, little-endian. */
export const u32le = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** Decodes the plain members of one document; null where it is cut short or not BSON. */
export const decodeBson = (bytes: Uint8Array): BsonFields | null => {
  const cursor = cursorOver(bytes);
  const length = cursor.u32le();
  if (length < 5 || length > bytes.length) return null;
  const fields = new Map<string, number | string | boolean>();
  while (cursor.position() < length - 1) {
    const type = cursor.u8();
    const name = cursor.cString();
    const value = decodeValue(type, cursor);
    if (value === undefined || cursor.short()) return null;
    if (value !== null) fields.set(name, value);
  }
  return fields;
};

/** null: passed over; undefined: of an unknown type, so that nothing after it can be read. */
const decodeValue = (
  type: number,
  cursor: Cursor,
): number | string | boolean | null | undefined => {
  if (type === 0x10) return cursor.u32le() | 0;
  if (type === 0x08) return cursor.u8() === 1;
  if (type === 0x01) return float64(cursor.bytes(8));
  if (type === 0x02) return utf8Of(cursor.bytes(cursor.u32le()).subarray(0, -1));
  const length = lengthOf(type, cursor);
  if (length === undefined) return undefined;
  cursor.skip(length);
  return null;
};

const float64 = (bytes: Uint8Array): number =>
  bytes.length < 8 ? 0 : new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);

/** Bytes that follow for the types that are passed over. */
const lengthOf = (type: number, cursor: Cursor): number | undefined => {
  const fixed = fixedLengths.get(type);
  if (fixed !== undefined) return fixed;
  // Documents and arrays count their own four bytes of length; binary data do not, and add a type.
  if (type === 0x03 || type === 0x04) return cursor.u32le() - 4;
  return type === 0x05 ? cursor.u32le() + 1 : undefined;
};

const fixedLengths: ReadonlyMap<number, number> = new Map([
  [0x07, 12],
  [0x09, 8],
  [0x0a, 0],
  [0x11, 8],
  [0x12, 8],
  [0x13, 16],
]);
