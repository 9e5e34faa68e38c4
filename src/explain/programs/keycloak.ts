import type { ProgramDetector } from '../program.ts';

/** Keycloak runs on Quarkus, so its folder tells it. */
export const keycloak: ProgramDetector = {
  id: 'keycloak',
  name: 'Keycloak',
  kind: 'tool',
  detect: ({ command }) => {
    const home = command.runtime === 'java' ? command.runtimeArguments.find(isKeycloak) : undefined;
    return home === undefined ? null : { evidence: [`option ${home}`] };
  },
};

const isKeycloak = (option: string): boolean => option.startsWith('-Dkc.home.dir=');
