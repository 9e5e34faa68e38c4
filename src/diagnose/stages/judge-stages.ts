import type { Stage } from '../../model/diagnosis.ts';
import type { EndpointFacts } from '../facts.ts';
import { acceptQueueStage } from './accept-queue.ts';
import { addressStage } from './address.ts';
import { applicationStage } from './application.ts';
import { firewallStage } from './firewall.ts';
import { handshakeStage } from './handshake.ts';
import { listenerStage } from './listener.ts';
import { nameStage } from './name.ts';
import { protocolStage } from './protocol.ts';
import { routeStage } from './route.ts';
import type { JudgeStage } from './stage.ts';
import { tlsStage } from './tls.ts';

const stages: readonly JudgeStage[] = [
  nameStage,
  addressStage,
  routeStage,
  firewallStage,
  listenerStage,
  acceptQueueStage,
  handshakeStage,
  tlsStage,
  protocolStage,
  applicationStage,
];

/** Every stage from the name to the application, in the order in which a client meets them. Pure. */
export const judgeStages = (facts: EndpointFacts): readonly Stage[] =>
  stages.map((judge) => judge(facts));
