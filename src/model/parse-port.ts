import { invalidInput } from './error.ts';
import { lastPort } from './port.ts';

/**
 * Reads a port as it stands in a URL: ASCII decimal digits, no sign, no leading zero. 0 is read too
 * (a server asks the kernel for any port with it). Throws invalid input for anything else.
 */
export const parsePort = (text: string): number => {
  if (/^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= lastPort) return Number(text);
  throw invalidInput('port must be 1–65535', hintFor(text));
};

const hintFor = (text: string): string => {
  const digits = /^\+?0*([1-9]\d{0,4})$/.exec(text.normalize('NFKC'))?.[1];
  return digits === undefined || Number(digits) > lastPort
    ? 'for example localhost:3000'
    : `${digits}, in plain digits`;
};
