import { bindQuestion } from '../diagnose/bind-question.ts';
import { onlyUdpHeld, transportTold } from '../diagnose/bind-transport.ts';
import type { EndpointFacts } from '../diagnose/facts.ts';
import { isBind } from '../diagnose/symptom.ts';
import { portAnatomy } from '../explain/port-anatomy.ts';
import { isKnown, type Known, unknown } from '../model/known.ts';
import type { BindTrial } from '../model/diagnosis.ts';
import type { OperationContext } from './operation.ts';

/**
 * Facts of a bind with the transport that was meant: as the message tells, else TCP, unless only UDP
 * has the port. Facts of anything else, or of a named transport, stay as they are.
 */
export const bindAsMeant = (
  context: OperationContext,
  facts: EndpointFacts,
  message: string,
): EndpointFacts => {
  if (!isBind(facts.symptom) || facts.target.transport !== null) return facts;
  const told = transportTold(facts.message?.text ?? null, message);
  if (told === 'tcp') return facts;
  const asUdp = withUdp(context, facts);
  return told === 'udp' || isMeant(facts.bindTrial, asUdp) ? asUdp : facts;
};

/** Where nothing was tried the sockets tell. */
const isMeant = (asTcp: EndpointFacts['bindTrial'], asUdp: EndpointFacts): boolean =>
  asTcp !== null && isKnown(asTcp)
    ? asTcp.plain === null && isTaken(asUdp.bindTrial)
    : onlyUdpHeld(asUdp);

const isTaken = (trial: EndpointFacts['bindTrial']): boolean =>
  trial !== null && isKnown(trial) && trial.plain === 'EADDRINUSE';

const withUdp = (context: OperationContext, facts: EndpointFacts): EndpointFacts => {
  const target = { ...facts.target, transport: 'udp' } as const;
  const { address } = bindQuestion(facts);
  const { port } = target;
  return {
    ...facts,
    target,
    port: portAnatomy(port, 'udp', facts.snapshot.machine),
    answering: facts.answering.filter(({ transport }) => transport === 'udp'),
    elsewhere: facts.elsewhere.filter(({ transport }) => transport === 'udp'),
    bindTrial: facts.bindTrial === null ? null : trialOf(context, address, port),
  };
};

const trialOf = (
  context: OperationContext,
  address: string | null,
  port: number,
): Known<BindTrial> =>
  context.snapshot === undefined && address !== null && port !== 0
    ? context.host.tryBind({ transport: 'udp', address, port })
    : unknown('unsupported', 'a snapshot can not be bound');
