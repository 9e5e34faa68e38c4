import type { ProgramDetector } from '../program.ts';
import { versionAfter } from '../program-match.ts';

/** RabbitMQ, in Erlang's emulator; its version where its folder's name has it. */
export const rabbitmq: ProgramDetector = {
  id: 'rabbitmq',
  name: 'RabbitMQ',
  kind: 'broker',
  detect: ({ command }) => {
    const option =
      command.runtime === 'erlang' ? command.runtimeArguments.find(isRabbit) : undefined;
    return option === undefined
      ? null
      : { evidence: [`argument ${option}`], ...versionAfter(option, 'rabbitmq_server-') };
  },
};

const isRabbit = (argument: string): boolean =>
  argument === 'rabbit' || argument.includes('/rabbitmq_server-');
