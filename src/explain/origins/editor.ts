import type { ChainProcess, OriginDetector, OriginFacts } from '../origin.ts';
import type { Ancestor } from '../origin-match.ts';
import {
  ancestorEvidence,
  environmentOf,
  findAncestor,
  inheritedVariable,
  launchOf,
  nameAmong,
} from '../origin-match.ts';
import { shells } from '../origin-names.ts';

/** An editor: its terminal or a task of it where a shell lies between, else its own helper. */
export const editor: OriginDetector = {
  id: 'editor',
  detect: (facts) => {
    const found = findAncestor(facts, (link) => nameOf(link) !== null);
    if (found !== null) return byAncestor(facts, found);
    const variable = variableOf(facts);
    return (
      variable && {
        label: `${variable.editor}'s terminal`,
        evidence: [`environment ${variable.evidence}`, 'no ancestor is the editor any more'],
        restarts: false,
        at: variable.at,
      }
    );
  },
};

const byAncestor = (facts: OriginFacts, found: Ancestor) => {
  const name = nameOf(found.link) ?? '';
  const shell = findAncestor(facts, (link) => nameAmong(link, shells) !== null, 0);
  const inTerminal = shell !== null && shell.at < found.at;
  return {
    label: inTerminal ? `${name}'s terminal` : name,
    evidence: [ancestorEvidence(found)],
    restarts: inTerminal ? false : null,
    at: found.at,
  };
};

const nameOf = (link: ChainProcess): string | null => launchOf(link.command).editor;

const variables: readonly (readonly [string, (value: string) => boolean, string])[] = [
  ['TERMINAL_EMULATOR', (value) => value.startsWith('JetBrains'), 'a JetBrains IDE'],
  ['TERM_PROGRAM', (value) => value === 'zed', 'Zed'],
  ['TERM_PROGRAM', (value) => value === 'vscode', 'VS Code'],
];

const variableOf = (
  facts: OriginFacts,
): { editor: string; evidence: string; at: number } | null => {
  for (const [name, matches, label] of variables) {
    const found = inheritedVariable(facts, name);
    if (found === null || !matches(found.value)) continue;
    const isCursor =
      label === 'VS Code' && environmentOf(found.link)['CURSOR_TRACE_ID'] !== undefined;
    return {
      editor: isCursor ? 'Cursor' : label,
      evidence: `${name}=${found.value}`,
      at: found.at,
    };
  }
  return null;
};
