import { isKnown } from '../../model/known.ts';
import { isLoopback } from '../../model/scope.ts';
import type { EndpointFacts } from '../facts.ts';
import { type JudgeStage, stage } from './stage.ts';

/** Which addresses the name stands for, in which order, and who says so. */
export const nameStage: JudgeStage = (facts) => {
  const { target, resolution } = facts;
  if (resolution === null || target.host === null) {
    const what = target.host === null ? 'no name was given' : `${target.host} is an address`;
    return stage('name', 'not-applicable', what);
  }
  const { value, durationMs } = resolution;
  if (!isKnown(value)) {
    const result = value.unknown === 'gone' ? 'fail' : 'unknown';
    return stage('name', result, `${target.host}: ${value.why ?? 'no answer'}`, { durationMs });
  }
  const addresses = value.map(({ address }) => address);
  const order = addresses.join(', then ');
  const evidence = hostsLines(facts, target.host);
  return target.host === 'localhost' && !addresses.every(isLoopback)
    ? stage('name', 'fail', `localhost is ${order}`, { evidence, durationMs })
    : stage('name', 'pass', `${target.host} is ${order}`, { evidence, durationMs });
};

const hostsLines = ({ network }: EndpointFacts, name: string): string[] => {
  if (!isKnown(network) || !isKnown(network.hostsFile)) return [];
  const { path, entries } = network.hostsFile;
  return entries
    .filter(({ names }) => names.includes(name))
    .map(({ line, address }) => `${path}:${line} says ${address}`);
};
