import { takeSnapshot } from '../../../operations/take-snapshot.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openContext } from '../open-context.ts';
import { writeJson } from '../write-json.ts';

/** `homeport snapshot`: prints everything that was read, as JSON. */
export const runSnapshot = async (invocation: Invocation, io: Io): Promise<number> => {
  const context = await openContext(invocation);
  await writeJson(await takeSnapshot(context, {}), io.out);
  return 0;
};
