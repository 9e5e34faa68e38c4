/**
 * Why a value could not be read.
 * `denied`: the kernel refused it to this user; `gone`: it ended before it could be read;
 * `unsupported`: this kernel, platform or backend does not tell it; `other-namespace`: it belongs
 * to a namespace that can't be looked into from here.
 */
export type UnknownReason = 'denied' | 'gone' | 'unsupported' | 'other-namespace';

/** A value that could not be read, with the reason and, where it helps, one sentence more. */
export type Unknown = { readonly unknown: UnknownReason; readonly why?: string };

/** A value as read, or the reason why it could not be. Never empty, zero or left out instead. */
export type Known<T> = T | Unknown;

/** Makes the record of a value that could not be read; `why` is one sentence for a person. */
export const unknown = (reason: UnknownReason, why?: string): Unknown =>
  why === undefined ? { unknown: reason } : { unknown: reason, why };

/** Tells whether a value could not be read. */
export const isUnknown = (value: unknown): value is Unknown =>
  typeof value === 'object' && value !== null && 'unknown' in value;

/** Tells whether a value was read; narrows `Known<T>` to `T`. */
export const isKnown = <T>(value: Known<T>): value is Exclude<T, Unknown> => !isUnknown(value);

/** The value as read, or `fallback` where it could not be. For judging only: output shows the reason. */
export const knownOr = <T, F>(value: Known<T>, fallback: F): Exclude<T, Unknown> | F =>
  isKnown(value) ? value : fallback;
