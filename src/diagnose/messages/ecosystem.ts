import type { FailureClass, FailureRole } from '../../model/failure.ts';

/**
 * One wording of a failure. `pattern` is tried on one line without escape codes, times and source
 * positions. Its named groups, all optional: `host` and `port`, or `endpoint` (anything that
 * `readEndpoint` takes) are what is blamed; `cause` is a text that may tell the class better.
 * Quantifiers have an upper bound, so that no line can be slow (a test looks).
 */
export type MessageRule = {
  readonly pattern: RegExp;
  /** The class, unless the group `cause` tells another. */
  readonly class: FailureClass;
  /** Which end says this; left out, the class and the words of the line tell. */
  readonly role?: FailureRole;
  /** Too vague to stand against any other line or rule that tells more. */
  readonly weak?: true;
  /** Others say it too: whose words it is the marks tell first. */
  readonly shared?: true;
  /** A condition that the pattern can't express, on the line and on the whole text. */
  readonly when?: (line: string, text: string) => boolean;
};

/** The error messages of one ecosystem: a plug-in of `ecosystems/`. */
export type EcosystemMessages = {
  readonly id: string;
  /** What shows in or near a message that it comes from here, whatever went wrong. */
  readonly marks: readonly RegExp[];
  /** The first that fits a line counts. */
  readonly rules: readonly MessageRule[];
};
