import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';
import { byPath, first } from '../program-match.ts';

/**
 * What VS Code runs on a remote machine; a process of one of its extensions is labelled with the
 * extension's name.
 */
export const vscodeServer: ProgramDetector = {
  id: 'vscode-server',
  name: 'VS Code server',
  kind: 'editor',
  detect: (facts) => {
    const detection =
      first(folders, (folder) => byPath(facts, folder)) ?? byNpmTool(facts, 'code-server');
    const extension = inExtension.exec(facts.command.script ?? facts.exe ?? '')?.[1];
    return detection !== null && extension !== undefined
      ? { ...detection, label: `VS Code extension ${extension}` }
      : detection;
  },
};

const folders = [
  '/.vscode-server/',
  '/.vscode-server-insiders/',
  '/.vscode-remote/',
  '/.vscode/extensions/',
  '/code-server/lib/',
  '/openvscode-server/',
];
/** The extension's name, without the version and the platform that its folder ends with. */
const inExtension = /\/extensions\/([\w.-]+?)(?:-\d[\w.]*(?:-[\w-]+)?)?\//;
