import { isKnown } from '../model/known.ts';
import { targetText } from '../model/target-text.ts';
import { classWords } from './class-words.ts';
import type { EndpointFacts } from './facts.ts';
import { isBind } from './symptom.ts';

/** What does not fit together, one sentence each: what was told against what is seen now. Pure. */
export const contradictionsOf = (facts: EndpointFacts): readonly string[] => [
  ...toldAndTried(facts),
  ...triedAndSeen(facts),
];

const whileConnecting: ReadonlySet<string> = new Set([
  'connection-refused',
  'timeout',
  'unreachable',
  'address-not-available',
]);

const toldAndTried = (facts: EndpointFacts): readonly string[] => {
  const { symptom, attempts, bindTrial, target } = facts;
  if (symptom.from !== 'message') return [];
  const told = `The message says that ${classWords[symptom.class]}`;
  if (isBind(symptom)) {
    const free = bindTrial !== null && isKnown(bindTrial) && bindTrial.reusing === null;
    return free ? [`${told}; ${targetText(target)} can be bound now.`] : [];
  }
  const connects = attempts.length > 0 && attempts.every(({ outcome }) => outcome === 'connected');
  return whileConnecting.has(symptom.class) && connects
    ? [`${told}; ${targetText(target)} accepts connections now.`]
    : [];
};

const triedAndSeen = ({ attempts, answering, snapshot }: EndpointFacts): readonly string[] => {
  const [listener] = answering;
  if (attempts.length === 0) return [];
  const connected = attempts.some(({ outcome }) => outcome === 'connected');
  if (connected && listener === undefined && snapshot.backend === 'netlink') {
    return [
      'A connection is made, and no listener of this machine was seen there: it came lately, or something redirects it.',
    ];
  }
  const refused = attempts.every(({ outcome }) => outcome === 'refused');
  return refused && listener !== undefined && listener.transport === 'tcp'
    ? [
        'A listener was seen there, and connecting is refused: it has just ended, or a firewall refuses.',
      ]
    : [];
};
