import { commandPorts } from '../command-ports.ts';
import { lineAt, type PortFormat, serves } from '../port-format.ts';

/** `package.json`: the ports that its scripts name, or that their programs take unless told. */
export const packageJson: PortFormat = {
  id: 'package-json',
  names: 'package.json',
  covers: (name) => name === 'package.json',
  read: async (text, variables) =>
    scriptsOf(text).flatMap(([script, command]) =>
      commandPorts(command, variables).map((found) =>
        serves({
          ...found,
          line: lineOf(text, script),
          what: `script ${script}`,
          service: serviceOf(script),
        }),
      ),
    ),
};

const scriptsOf = (text: string): readonly (readonly [string, string])[] => {
  const scripts = fieldOf(valueOf(text), 'scripts');
  if (typeof scripts !== 'object' || scripts === null) return [];
  return Object.entries(scripts).flatMap(([name, command]: [string, unknown]) =>
    typeof command === 'string' ? [[name, command] as const] : [],
  );
};

const valueOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;

const lineOf = (text: string, script: string): number | null => {
  const at = text.indexOf(`${JSON.stringify(script)}:`, Math.max(0, text.indexOf('"scripts"')));
  return at === -1 ? null : lineAt(text, at);
};

/** One of these at a time runs a folder's own program; `dev:api` runs another one. */
const ownScripts =
  /^(?:(?:pre|post)?(?:dev|develop|development|start|serve|server|preview|prod|production|watch)|(?:dev|start)[:-](?:prod|debug|https|local))$/;

const serviceOf = (script: string): string | null =>
  ownScripts.test(script) ? null : script.replace(/^(?:dev|start|serve|run)[:-]/, '');
