import type { EndpointFacts } from '../../src/diagnose/facts.ts';
import { judgeStages } from '../../src/diagnose/stages/judge-stages.ts';
import type { Stage, StageId } from '../../src/model/diagnosis.ts';
import type { InetSocket } from '../../src/model/socket.ts';
import type { Told } from '../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../support/scene.ts';

/** A stage as it is told, without its evidence. */
export const told = (id: StageId, facts: EndpointFacts): string => {
  const { result, summary } = stageOf(id, facts);
  return `${result}: ${summary}`;
};

/** One stage of the way. */
export const stageOf = (id: StageId, facts: EndpointFacts): Stage => {
  const stage = judgeStages(facts).find((one) => one.id === id);
  if (stage === undefined) throw new Error(`no stage ${id}`);
  return stage;
};

/** Vite on 127.0.0.1:3000, or what `given` makes of its socket. */
export const served = (given: Partial<InetSocket> = {}, more: Told = {}): Told => ({
  sockets: [socket(10, { local: { address: '127.0.0.1', port: 3000 }, ...given })],
  holders: { 10: [101] },
  processes: [oneProcess(101, 1, { comm: 'vite', argv: ['vite'] })],
  ...more,
});
