import { commandPorts } from '../command-ports.ts';
import { type PortFormat, serves } from '../port-format.ts';

/** `Procfile`: a process a line, `web: command`; the ports that its commands name. */
export const procfile: PortFormat = {
  id: 'procfile',
  names: 'Procfile, Procfile.*',
  covers: (name) => /^Procfile(?:\.|$)/.test(name),
  read: async (text, variables) =>
    text.split(/\r?\n/).flatMap((content, index) => {
      const [, name, command] = /^([\w-]+)\s*:\s*(.+)$/.exec(content) ?? [];
      if (name === undefined || command === undefined) return [];
      return commandPorts(command, variables).map((found) =>
        serves({ ...found, line: index + 1, what: `process ${name}`, service: name }),
      );
    }),
};
