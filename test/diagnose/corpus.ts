import { readdirSync, readFileSync } from 'node:fs';
import type { FailureClass, FailureEndpoint, FailureRole } from '../../src/model/failure.ts';

/** A message with the answer that is right for it. */
export type LabelledMessage = {
  readonly id: string;
  readonly text: string;
  readonly class: FailureClass;
  readonly class_alt: readonly FailureClass[];
  readonly endpoints: readonly FailureEndpoint[];
  readonly role: FailureRole;
};

/** Reads a file of labelled messages, one JSON object a line. */
export const readLabelled = (path: URL): readonly LabelledMessage[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): LabelledMessage => JSON.parse(line));

/** The sets that belong to the repository. */
export const ownSets = (): readonly { name: string; messages: readonly LabelledMessage[] }[] => {
  const folder = new URL('../fixtures/messages/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => ({ name, messages: readLabelled(new URL(name, folder)) }));
};

/** The set shared beside the checkout; empty where there is none. */
export const sharedSet = (): readonly LabelledMessage[] => {
  try {
    return readLabelled(new URL('../../../shared/corpus/errors.jsonl', import.meta.url));
  } catch {
    return [];
  }
};

/** Endpoints as one text, whatever their order. */
export const endpointKeys = (endpoints: readonly FailureEndpoint[]): readonly string[] =>
  endpoints.map(({ host, port }) => `${host ?? '-'} ${port ?? '-'}`).toSorted();
