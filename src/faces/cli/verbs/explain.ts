import type { Explanation } from '../../../model/explanation.ts';
import { nearest } from '../../../model/nearest.ts';
import { explain } from '../../../operations/explain.ts';
import { wantsColours } from '../colours.ts';
import { commandLine } from '../generated/verbs.ts';
import { isOn, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openContext } from '../open-context.ts';
import { unknownVerb } from '../read-arguments.ts';
import { renderExplanation } from '../render/explain.ts';
import { paintLines } from '../text/line.ts';
import { commonView } from '../view.ts';
import { writeJson } from '../write-json.ts';

/** `homeport explain T`, or `homeport T`. */
export const runExplain = async (invocation: Invocation, io: Io): Promise<number> => {
  const context = await openContext(invocation);
  const [target = ''] = invocation.positionals;
  const explanation = await explain(context, { target, probe: !isOn(invocation, 'no-probe') });
  refuseMistypedVerb(invocation, explanation);
  if (isOn(invocation, 'json')) {
    await writeJson(explanation, io.out);
    return 0;
  }
  const lines = renderExplanation(explanation, {
    ...commonView(invocation, io),
    verbose: isOn(invocation, 'verbose'),
    now: context.now(),
  });
  await io.out.write(paintLines(lines, wantsColours(io.out, io.env, invocation)));
  return 0;
};

/** A lone word that is near a verb and that nothing here is called by was meant to be the verb. */
const refuseMistypedVerb = (invocation: Invocation, explanation: Explanation): void => {
  const { target, state, owner } = explanation;
  if (invocation.typed || target.kind !== 'name' || state !== 'unknown' || owner !== null) return;
  const names = commandLine.verbs.map(({ name }) => name);
  if (nearest(target.name, names) !== null) throw unknownVerb(target.input);
};
