import { doctor } from '../../../operations/doctor.ts';
import { wantsColours } from '../colours.ts';
import { isOn, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openContext } from '../open-context.ts';
import { renderHealth } from '../render/doctor.ts';
import { paintLines } from '../text/line.ts';
import { commonView } from '../view.ts';
import { writeJson } from '../write-json.ts';

/** `homeport doctor`: 0 where the loopback stack is sound, 1 where a check failed. */
export const runDoctor = async (invocation: Invocation, io: Io): Promise<number> => {
  const health = await doctor(await openContext(invocation), {});
  const exitCode = health.sound ? 0 : 1;
  if (isOn(invocation, 'json')) {
    await writeJson(health, io.out);
    return exitCode;
  }
  const view = { ...commonView(invocation, io), verbose: isOn(invocation, 'verbose') };
  await io.out.write(
    paintLines(renderHealth(health, view), wantsColours(io.out, io.env, invocation)),
  );
  return exitCode;
};
