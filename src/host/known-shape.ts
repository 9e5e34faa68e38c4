import { isRecord, object, oneOf, type Shape } from './shape.ts';

const unread = object({ unknown: oneOf('denied', 'gone', 'unsupported', 'other-namespace') });

/** The shape, or why it is not known. */
export const known =
  (shape: Shape): Shape =>
  (value) =>
    isRecord(value) && 'unknown' in value ? unread(value) : shape(value);
