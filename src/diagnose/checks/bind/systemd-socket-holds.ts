import type { Action } from '../../../model/finding.ts';
import { shellCommand, shellQuote } from '../../../model/shell-quote.ts';
import { bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { failed, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { trialEvidence } from '../../holding-text.ts';
import { holdingsOfKind } from '../../port-holding.ts';
import { otherPort } from '../../stop-holder.ts';
import { type SystemdSocket, systemdSocket } from '../../systemd-socket.ts';

/** systemd listens in the place of a service, and keeps the port when that one is stopped. */
export const systemdSocketHolds: Check<EndpointFacts> = {
  id: 'systemd-socket-holds',
  title: 'no systemd socket unit holds the port',
  stage: 'listener',
  explains: ['address-in-use'],
  judge: (facts) => {
    const { text } = bindQuestion(facts);
    for (const { listener } of holdingsOfKind(facts, 'systemd-socket')) {
      const unit = systemdSocket(listener, facts.snapshot);
      if (unit !== null) return found(unit, text, facts);
    }
    return pass(`systemd does not hold ${text}`);
  },
};

const found = (unit: SystemdSocket, text: string, facts: EndpointFacts) => {
  const { socketUnit, service } = unit;
  const name = socketUnit ?? 'a systemd socket unit';
  const starts = service === null ? '' : `, which starts ${service} with the first connection`;
  return failed({
    id: 'systemd-socket-holds',
    severity: 'warning',
    title: `${name} holds ${text}${starts}: stopping the service alone does not free the port`,
    evidence: [...unit.evidence, ...trialEvidence(facts)],
    benignCauses: ['the service is meant to start when it is asked for (systemd.socket(5))'],
    actions: [stop(unit, facts.target.port), look(unit, facts.target.port), otherPort(facts)],
  });
};

const stop = (unit: SystemdSocket, port: number): Action => {
  const { socketUnit, user } = unit;
  return {
    label: socketUnit === null ? 'stop the socket unit' : `stop ${socketUnit}`,
    command: `${user ? 'systemctl --user' : 'sudo systemctl'} stop ${unitsToStop(unit, port)}`,
    changes:
      'systemd closes the port and no longer starts the service for a connection, until the unit is started again or the machine is',
    ...(user ? {} : { needsRoot: true }),
  };
};

/** The units as words of the shell; where the socket unit's name is not known systemd is asked for it. */
const unitsToStop = ({ socketUnit, service, user }: SystemdSocket, port: number): string => {
  const named = [socketUnit, service].flatMap((name) => (name === null ? [] : [shellQuote(name)]));
  if (socketUnit !== null) return named.join(' ');
  const manager = user ? 'systemctl --user' : 'systemctl';
  return service === null
    ? `"$(${listed(user, port)} | awk '{print $(NF-1)}')"`
    : `$(${manager} show --property=TriggeredBy --value ${named.join(' ')}) ${named.join(' ')}`;
};

const look = ({ socketUnit, service, user }: SystemdSocket, port: number): Action => {
  const words = user ? ['systemctl', '--user'] : ['systemctl'];
  const unit = socketUnit ?? service;
  return {
    label: unit === null ? 'see which socket unit it is' : 'see what the unit is for',
    command: unit === null ? listed(user, port) : shellCommand(...words, 'status', unit),
  };
};

/** A line of it ends with the socket unit and what that one activates. */
const listed = (user: boolean, port: number): string =>
  `systemctl${user ? ' --user' : ''} list-sockets --full --no-legend | grep -E '[:.]${port} '`;
