import type { Identification } from '../protocol-probe.ts';
import { parseJsonObject, type JsonObject } from '../wire/json.ts';
import type { HttpAnswer } from './http-answer.ts';

/** What a product's answer shows beyond that it is this product. */
export type ProductSight = Pick<Identification, 'evidence'> &
  Partial<Pick<Identification, 'version' | 'authentication' | 'details'>> & {
    /** Replaces the product's name. */
    readonly name?: string;
  };

/**
 * A server that speaks HTTP and is known by what it says: one file in `http-products/`, one exported
 * const, file name = id. Pure.
 */
export type HttpProduct = {
  readonly id: string;
  readonly name: string;
  /** Judges the answer to `GET /`; null: not shown by it. */
  readonly judge: (answer: HttpAnswer) => ProductSight | null;
  /** One read-only question more, asked only where `suspect` says that it is worth it. */
  readonly followUp?: {
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** Whether the first answer or a hint makes the question worth asking. */
    readonly suspect: (answer: HttpAnswer, hints: readonly string[]) => boolean;
    readonly judge: (answer: HttpAnswer) => ProductSight | null;
  };
};

/** The JSON object in a body; null where it is none. Never throws. */
export const jsonObjectOf = (answer: HttpAnswer): JsonObject | null => parseJsonObject(answer.body);

/** The version in a product token of the `Server` header (RFC 9110 10.2.4): `Docker/24.0` → `24.0`. */
export const serverVersion = (answer: HttpAnswer, product: string): string | null => {
  const server = answer.headers.get('server') ?? '';
  const token = server.split(' ').find((one) => one.startsWith(`${product}/`));
  return token === undefined ? null : token.slice(product.length + 1);
};

/** Whether the `Server` header names a product, with a version or without. */
export const isServedBy = (answer: HttpAnswer, product: string): boolean =>
  (answer.headers.get('server') ?? '').split(' ').some((token) => token.split('/')[0] === product);
