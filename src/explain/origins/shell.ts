import { baseName } from '../base-name.ts';
import type { ChainProcess, OriginDetector } from '../origin.ts';
import { ancestorEvidence, findAncestor, isInteractiveShell } from '../origin-match.ts';
import { shells } from '../origin-names.ts';

/** A shell, or a script of one, of which nothing tells who started it. */
export const shell: OriginDetector = {
  id: 'shell',
  detect: (facts) => {
    const found =
      findAncestor(facts, (link) => isInteractiveShell(link) || runsScript(link)) ??
      findAncestor(facts, isShell);
    if (found === null) return null;
    const { executable } = found.link.command;
    const script = scriptOf(found.link);
    const onTerminal = isInteractiveShell(found.link) ? ' on a terminal' : '';
    return {
      label:
        script === null ? `shell ${executable}${onTerminal}` : `shell script ${baseName(script)}`,
      evidence: [ancestorEvidence(found)],
      restarts: false,
      at: found.at,
    };
  },
};

const isShell = ({ command }: ChainProcess): boolean => shells.has(command.executable);

/** A `sh -c` in between is a detail of whoever wrote it: a script or a person's shell says more. */
const runsScript = (link: ChainProcess): boolean => isShell(link) && scriptOf(link) !== null;

/** `/dev/fd/63` is text that somebody piped in, not a script with a name. */
const scriptOf = ({ command: { script } }: ChainProcess): string | null =>
  script === null || /^\/(?:dev\/fd|proc)\//.test(script) ? null : script;
