import type { ProgramDetector } from '../program.ts';
import { byExecutable, optionValue } from '../program-match.ts';

/** Docker's proxy of one published port; its arguments say where it leads. */
export const dockerProxy: ProgramDetector = {
  id: 'docker-proxy',
  name: 'docker-proxy',
  kind: 'container',
  detect: (facts) => {
    const detection = byExecutable(facts, 'docker-proxy');
    const address = optionValue(facts.command.words, '-container-ip');
    const port = optionValue(facts.command.words, '-container-port');
    return detection !== null && address !== null && port !== null
      ? {
          ...detection,
          label: `docker-proxy to ${address.includes(':') ? `[${address}]` : address}:${port}`,
        }
      : detection;
  },
};
