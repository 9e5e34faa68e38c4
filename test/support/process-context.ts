import { fileURLToPath } from 'node:url';
import { readBootFacts } from '../../src/host/linux/boot.ts';
import { openFfi } from '../../src/host/linux/ffi.ts';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import { processFolders } from '../../src/host/linux/process-folder.ts';
import type { ProcessContext } from '../../src/host/linux/processes.ts';
import { type KernelRoot, kernelRoot } from '../../src/host/linux/root.ts';
import { userNames } from '../../src/host/linux/users.ts';

const read = createFileReader(null);

/** What reading processes takes; `native`: by descriptors, else by paths. */
export const processContext = (root: KernelRoot, native: boolean): ProcessContext => ({
  root,
  open: processFolders(root, native ? openFfi() : null),
  boot: readBootFacts(root, read),
  userName: userNames(root, read),
});

/** This machine. */
export const realRoot = kernelRoot({});

/** The fixture `machine-basic`. */
export const basicRoot = kernelRoot({
  HOMEPORT_PROC: fileURLToPath(new URL('../fixtures/machine-basic/proc', import.meta.url)),
});
