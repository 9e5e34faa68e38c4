import { knownOr } from '../../../model/known.ts';
import type { InetListener, Listener, ProgramKind } from '../../../model/listener.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { answeringListeners } from '../../answering.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { connectThere } from '../../connect-command.ts';
import {
  describeListener,
  describeListenerAt,
  explainCommand,
  listenerEvidence,
  programName,
  projectName,
} from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { mistakenServers, refusals } from '../../failure-groups.ts';
import { momentText } from '../../time-text.ts';
import { isUsualOn } from '../../usual-port.ts';

/** How many ports further dev servers look for a free one. */
const furthest = 10;

/** The server that is meant listens on one of the next ports, as dev servers do where theirs is taken. */
export const movedPort: Check<EndpointFacts> = {
  id: 'moved-port',
  title: 'the server has not moved to another port',
  stage: 'listener',
  explains: [...refusals, ...mistakenServers, 'none'],
  judge: (facts) => {
    if (facts.addresses.length === 0 || facts.target.transport === 'udp') return notApplicable;
    const [taker = null] = answeringListeners(facts);
    if (taker !== null && isAskers(taker, facts)) {
      return pass(`${describeListener(taker)} has its port`);
    }
    const moved = nextListeners(facts).find((one) => isMeant(one, taker, facts));
    if (moved !== undefined) return found(moved, taker, facts);
    return notApplicable;
  },
};

const nextListeners = ({ listeners, target }: EndpointFacts): readonly InetListener[] =>
  listeners.filter(
    (one): one is InetListener =>
      one.transport === 'tcp' &&
      one.namespace === 'this' &&
      one.port > target.port &&
      one.port <= target.port + furthest,
  );

/**
 * Whether a listener nearby is the one that is meant. Where another program has the port, only the
 * asker's own server counts: for strangers, it is their port.
 */
const isMeant = (
  listener: InetListener,
  taker: InetListener | null,
  facts: EndpointFacts,
): boolean => {
  if (!isServer(listener)) return false;
  const usual = isUsualOn(listener, facts.port);
  const own = isAskers(listener, facts);
  if (taker === null) return usual || own;
  return own && (usual || programName(taker) === programName(listener));
};

/** The asker's project is the project of a listener: the same folder. */
const isAskers = ({ project }: Listener, { askersProject }: EndpointFacts): boolean => {
  const asking = askersProject === null ? null : knownOr(askersProject, null);
  const listening = project === null ? null : knownOr(project, null);
  return asking !== null && listening !== null && listening.root === asking.root;
};

const isServer = ({ program }: Listener): boolean => {
  const known = knownOr(program, null);
  return known !== null && !otherKinds.has(known.kind);
};

const otherKinds: ReadonlySet<ProgramKind> = new Set(['debugger', 'editor', 'browser', 'system']);

const found = (moved: InetListener, taker: InetListener | null, facts: EndpointFacts) => {
  const { target } = facts;
  const project = projectName(moved);
  const who = isAskers(moved, facts) && project !== null ? `your ${project}` : programName(moved);
  const usual = isUsualOn(moved, facts.port);
  const where = `${describeListener(moved)} listens on ${moved.port}`;
  return failed({
    id: 'moved-port',
    severity: 'warning',
    title:
      taker === null
        ? `nobody listens on ${target.port}; ${where}`
        : `${who ?? 'your server'} took ${moved.port}, because ${describeListener(taker)} has ${target.port}`,
    evidence: [
      ...listenerEvidence(moved),
      ...(usual ? [`${programName(moved) ?? 'it'} usually takes ${target.port}`] : []),
      ...(taker === null
        ? [`nobody listens on port ${target.port}: it is free now`]
        : [`${describeListenerAt(taker)} has listened ${sinceText(taker)}`]),
    ],
    benignCauses: usual ? [] : ['it is another server of the project, with a port of its own'],
    actions: [
      connectThere(moved),
      ...(taker === null
        ? [
            {
              label: `start ${programName(moved) ?? 'it'} again: it can have ${target.port} now`,
              command: null,
            },
          ]
        : [
            { label: `see who has ${target.port}`, command: explainCommand(taker) },
            ...(project === null
              ? []
              : [
                  {
                    label: `see everything of ${project}`,
                    command: shellCommand('homeport', 'ls', `project:${project}`),
                  },
                ]),
          ]),
    ],
  });
};

const sinceText = ({ since }: Listener): string => {
  const time = knownOr(since, null);
  return time === null ? 'before' : `since ${momentText(time)}`;
};
