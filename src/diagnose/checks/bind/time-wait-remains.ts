import { isKnown } from '../../../model/known.ts';
import type { InetSocket } from '../../../model/socket.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { trialEvidence } from '../../holding-text.ts';
import { holdingsOf, otherSockets } from '../../port-holding.ts';
import { setsReuseAddress } from '../../reuse-address.ts';
import { otherPort } from '../../stop-holder.ts';

/** The kernel remembers closed connections for a minute (RFC 9293 3.3.2, TIME-WAIT), and their port. */
export const timeWaitRemains: Check<EndpointFacts> = {
  id: 'time-wait-remains',
  title: 'no closed connection keeps the port',
  stage: 'listener',
  explains: ['address-in-use'],
  judge: (facts) => {
    const { text, trial } = bindQuestion(facts);
    const { remains, outgoing, accepted, bound } = otherSockets(facts);
    if (remains.length === 0) return pass(`no closed connection is kept on ${text}`);
    const held = [holdingsOf(facts), outgoing, accepted, bound].some((one) => one.length > 0);
    if (held || trial?.plain === null) return notApplicable;
    if (trial?.reusing === null && setsReuseAddress(facts.message)) {
      return pass(
        `${what(remains)} is no obstacle to a server that sets SO_REUSEADDR, as this one does`,
      );
    }
    return found(remains, facts);
  },
};

const found = (remains: readonly InetSocket[], facts: EndpointFacts) => {
  const { text, trial } = bindQuestion(facts);
  const left = secondsLeft(remains);
  const until = left === null ? 'within a minute or so' : `in ${left} s`;
  const [example] = remains;
  return failed({
    id: 'time-wait-remains',
    severity: 'notice',
    title: `nobody has ${text} any more: only ${what(remains)} from before keeps it, and frees it by itself ${until}`,
    evidence: [
      `${remains.length} in state ${[...new Set(remains.map(({ state }) => state))].join(', ')}, no process has them`,
      ...(example === undefined
        ? []
        : [`one of them was with ${endpointText(example.remote.address, example.remote.port)}`]),
      ...trialEvidence(facts),
      ...(trial === null ? [] : [reuse(trial.reusing === null)]),
    ],
    benignCauses: ['the end that closes first keeps this, so that late packets meet nobody else'],
    actions: [
      { label: `wait: it frees itself ${until}`, command: null },
      {
        label:
          'set SO_REUSEADDR on the listening socket before bind (Python: allow_reuse_address = True; Node, Go and Rust set it by themselves)',
        command: null,
      },
      otherPort(facts),
    ],
  });
};

/** Both sockets need the option: the remains have it from the server that accepted them. */
const reuse = (passes: boolean): string =>
  passes
    ? 'a server that sets SO_REUSEADDR before bind can have the port at once; the one that failed does not set it'
    : 'SO_REUSEADDR does not help this time: the program that had the port before did not set it either';

const what = (remains: readonly InetSocket[]): string =>
  remains.length === 1
    ? 'what is left of one closed connection'
    : `what is left of ${remains.length} closed connections`;

/** Until the last one is forgotten; null where its timer was not read. */
const secondsLeft = (remains: readonly InetSocket[]): number | null => {
  const times = remains.map(({ timer }) =>
    timer !== null && isKnown(timer) && timer.kind === 'time-wait' ? timer.expiresInMs : null,
  );
  const known = times.filter((time) => time !== null);
  return known.length < times.length ? null : Math.ceil(Math.max(...known) / 1000);
};
