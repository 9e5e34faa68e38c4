import type { ProgramDetector } from '../program.ts';

/** The Java language server that editors start. */
export const jdtls: ProgramDetector = {
  id: 'jdtls',
  name: 'Eclipse JDT language server',
  kind: 'editor',
  detect: ({ command }) =>
    command.runtime === 'java' && command.runtimeArguments.some(isLanguageServer)
      ? { evidence: ['option -Declipse.application=org.eclipse.jdt.ls.core.id1'] }
      : null,
};

const isLanguageServer = (option: string): boolean =>
  option === '-Declipse.application=org.eclipse.jdt.ls.core.id1';
