import { isKnown } from '../model/known.ts';
import { targetText } from '../model/target-text.ts';
import { answeringListeners } from './answering.ts';
import { classWords } from './class-words.ts';
import type { EndpointFacts } from './facts.ts';
import { isOwnAddress } from './own-address.ts';
import { redirectedTo } from './redirected.ts';
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
  const { symptom, attempts, bindTrial, target, met } = facts;
  if (symptom.from !== 'message') return [];
  const told = `The message says that ${classWords[symptom.class]}`;
  if (isBind(symptom)) {
    if (bindTrial === null || !isKnown(bindTrial) || bindTrial.reusing !== null) return [];
    const how = bindTrial.plain === null ? '' : ' with SO_REUSEADDR, and not without it';
    return [`${told}; ${targetText(target)} can be bound now${how}.`];
  }
  const connects = attempts.length > 0 && attempts.every(({ outcome }) => outcome === 'connected');
  const isStill = met?.class === symptom.class;
  return whileConnecting.has(symptom.class) && connects && !isStill
    ? [`${told}; ${targetText(target)} accepts connections now.`]
    : [];
};

const triedAndSeen = (facts: EndpointFacts): readonly string[] => {
  const { attempts, snapshot } = facts;
  const [listener] = answeringListeners(facts);
  const connected = attempts.find(({ outcome }) => outcome === 'connected');
  if (listener === undefined) {
    // What listens on another machine, or where all can't be read, is not seen anyway.
    const isUnseen =
      connected !== undefined &&
      snapshot.backend === 'netlink' &&
      redirectedTo(facts) === null &&
      isOwnAddress(connected.address, snapshot.interfaces);
    return isUnseen
      ? [
          'A connection is made, and no listener of this machine was seen there: it came lately, or something redirects it.',
        ]
      : [];
  }
  const isRefused = attempts.length > 0 && attempts.every(({ outcome }) => outcome === 'refused');
  return isRefused
    ? [
        'A listener was seen there, and connecting is refused: it has just ended, or a firewall refuses.',
      ]
    : [];
};
