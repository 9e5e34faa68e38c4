import { basename, dirname, resolve } from 'node:path';
import { invalidInput } from '../model/error.ts';
import { isUnknown } from '../model/known.ts';
import type { PortClash, PortWant } from '../model/port-want.ts';
import type { Problem } from '../model/problem.ts';
import { type JudgedWant, portClashes } from '../ports/clashes.ts';
import { envLines } from '../ports/env-lines.ts';
import { portFormats } from '../ports/formats/registry.ts';
import type { PortFormat, Variables } from '../ports/port-format.ts';
import { leaseScopeOf } from '../ports/scope.ts';
import type { CheckPortsInput } from './check-ports.schema.ts';
import { liveContext, lookIntoBook } from './lease-context.ts';
import type { LiveContext, OperationContext } from './operation.ts';
import { portUses } from './port-use.ts';

/** What `homeport port check` answers. */
export type PortCheck = {
  /** In the order of the files. */
  readonly wants: readonly PortWant[];
  /** By port. Without a `clash` among them all can be started. */
  readonly clashes: readonly PortClash[];
  readonly problems: readonly Problem[];
};

/**
 * Tells which of the ports that files of projects want clash with each other, with leases and with
 * what runs now, before anything is started. Reads these files and runs nothing of them. Throws
 * invalid input for a file that can't be read or is of no kind that it knows.
 */
export const checkPorts = async (
  context: OperationContext,
  { files }: CheckPortsInput,
): Promise<PortCheck> => {
  const live = liveContext(context);
  const read = files.map((file) => readFile(live, file));
  const found = await Promise.all(read.map((one) => wantsOf(one, variablesOf(read, one.folder))));
  const { book, problems } = lookIntoBook(live);
  const useOf = await portUses(live);
  const judged = found.flat().map(({ want, folder }): JudgedWant => {
    const scope = leaseScopeOf(folder, live.host.project(folder));
    const { address, port } = want;
    const use = useOf({ ...scope, address: isWildcard(address) ? null : address, port });
    return { ...want, folder, scope, use };
  });
  return {
    wants: found.flat().map(({ want }) => want),
    clashes: portClashes(judged, book.leases, live.host.machine()),
    problems,
  };
};

type ReadFile = {
  readonly file: string;
  readonly folder: string;
  readonly format: PortFormat;
  readonly text: string;
};

const readFile = ({ host }: LiveContext, file: string): ReadFile => {
  const name = basename(file);
  const format = portFormats.find(({ covers }) => covers(name));
  if (format === undefined) {
    const known = portFormats.map(({ names }) => names).join(', ');
    throw invalidInput(`${file} is of no kind that ports are read from`, `it knows ${known}`);
  }
  const asker = host.asker();
  const working = isUnknown(asker) ? null : asker.workingDirectory;
  const path = resolve(working ?? '/', file);
  const text = host.textFile(path);
  if (isUnknown(text)) {
    throw invalidInput(`${file} can't be read: ${text.why ?? text.unknown}`, 'name another file');
  }
  const folder = host.realFolder(dirname(path));
  return { file, folder: isUnknown(folder) ? dirname(path) : folder, format, text };
};

/** What the `.env` files that were named say for the others of their folder; the last one counts. */
const variablesOf = (files: readonly ReadFile[], folder: string): Variables =>
  Object.fromEntries(
    files
      .filter((one) => one.format.id === 'env-file' && one.folder === folder)
      .flatMap(({ text }) => envLines(text).map(({ name, value }) => [name, value] as const)),
  );

const wantsOf = async (
  { file, folder, format, text }: ReadFile,
  variables: Variables,
): Promise<readonly { readonly want: PortWant; readonly folder: string }[]> =>
  (await format.read(text, variables)).map((want) => ({ want: { file, ...want }, folder }));

const isWildcard = (address: string | null): boolean => address === '0.0.0.0' || address === '::';
