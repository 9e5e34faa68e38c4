import { invalidInput } from '../../../model/error.ts';
import { listListeners } from '../../../operations/list-listeners.ts';
import { wantsColours } from '../colours.ts';
import { isOn, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openContext } from '../open-context.ts';
import { renderList } from '../render/list-listeners.ts';
import { paintLines } from '../text/line.ts';
import { commonView } from '../view.ts';
import { writeJson } from '../write-json.ts';

/** `homeport ls`: lists what listens, once or again and again. */
export const runLs = async (invocation: Invocation, io: Io): Promise<number> => {
  if (isOn(invocation, 'watch') || isOn(invocation, 'json-stream')) {
    const { runWatch } = await import('./watch.ts');
    return runWatch(invocation, io);
  }
  if (isOn(invocation, 'interval')) {
    throw invalidInput('--interval is the time between two looks', 'add --watch or --json-stream');
  }
  const context = await openContext(invocation);
  const list = await listListeners(context, {
    filters: [...invocation.positionals],
    all: isOn(invocation, 'all'),
    probe: isOn(invocation, 'probe'),
  });
  if (isOn(invocation, 'json')) {
    await writeJson(list, io.out);
    return 0;
  }
  const filtered = invocation.positionals.length > 0;
  const lines = renderList(list, { ...commonView(invocation, io), filtered, marks: new Map() });
  await io.out.write(paintLines(lines, wantsColours(io.out, io.env, invocation)));
  return 0;
};
