/**
 * Whether a text that tells of no connection that failed tells all the same that somebody said no: a
 * server that answered, and refused for a reason of its own (a wrong password, too many clients).
 */
export const saysNo = (text: string): boolean => words.test(text.slice(0, 20_000));

const words =
  /\b(?:FATAL|failed|failure|denied|refused?|rejected|forbidden|unauthori[sz]ed|too many|WRONGPASS|NOAUTH)\b/i;
