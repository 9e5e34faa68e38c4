import type { Connection } from '../model/connection.ts';
import type { Explanation, Owner } from '../model/explanation.ts';
import type { Action } from '../model/finding.ts';
import { isUnknown, knownOr } from '../model/known.ts';
import { shellCommand, shellQuote } from '../model/shell-quote.ts';
import type { Listener } from '../model/listener.ts';
import { endpointText } from '../model/target-endpoint.ts';
import { targetText } from '../model/target-text.ts';
import type { Target } from '../model/target.ts';
import { originSteps, type OriginSteps } from './next-origin.ts';
import { talkTo } from './next-talk.ts';

type Seen = Omit<Explanation, 'next'>;

/** More than three commands are a manual, not a next step. */
const most = 3;

/**
 * The two or three commands that a person would want after this explanation, the most useful first,
 * ready to paste. How to stop the program comes last and only where the right way is known. Text
 * from outside is quoted. `uid` is the reader's: root needs no sudo, and sees no more by asking again.
 */
export const nextSteps = (seen: Seen, uid: number): Action[] => {
  const steps = stepsFor(seen);
  return uid === 0 ? steps.filter((step) => !isRerun(step)).map(withoutSudo) : steps;
};

const rerun = 'sudo homeport explain ';

const isRerun = ({ command }: Action): boolean => command?.startsWith(rerun) === true;

const withoutSudo = ({ label, command }: Action): Action => ({
  label,
  command: command?.startsWith('sudo ') === true ? command.slice('sudo '.length) : command,
});

const stepsFor = (seen: Seen): Action[] => {
  if (seen.state === 'connected' || seen.state === 'closing') return aboutConnections(seen);
  if (seen.listeners.length > 0 || seen.owner !== null) return aboutOwner(seen);
  return aboutNobody(seen);
};

const aboutOwner = (seen: Seen): Action[] => {
  const { owner, listeners, protocol, target } = seen;
  const [listener] = listeners;
  const known = owner === null || isUnknown(owner) ? null : owner;
  const { look, stop } = known === null ? nothing : stepsOfOrigin(known, listener);
  const steps = present([
    asRoot(seen),
    repair(seen),
    listener === undefined ? null : talkTo(listener, protocol, target),
    look,
    known === null ? null : sameProject(known),
    known === null ? null : everything(known),
    known === null ? watchPort(target) : null,
  ]);
  return stop === null ? steps.slice(0, most) : [...steps.slice(0, most - 1), stop];
};

const stepsOfOrigin = (owner: Owner, listener: Listener | undefined): OriginSteps =>
  originSteps(
    owner,
    listener?.container ?? null,
    knownOr(listener?.owners ?? [], []).map(({ pid }) => pid),
  );

/** What the most severe finding would have done about it; findings come sorted. */
const repair = ({ findings }: Seen): Action | null => {
  const grave = findings.filter(
    ({ severity }) => severity === 'critical' || severity === 'warning',
  );
  return grave.flatMap(({ actions }) => actions).find(({ command }) => command !== null) ?? null;
};

/** Root sees other users' processes; no use where something else than permission is missing. */
const asRoot = ({ owner, listeners, target }: Seen): Action | null => {
  const denied = [owner, ...listeners.map(({ owners }) => owners)].some(
    (value) => value !== null && isUnknown(value) && value.unknown === 'denied',
  );
  return denied
    ? {
        label: 'see whose it is: that needs root',
        command: `${rerun}${shellQuote(targetText(target))}`,
      }
    : null;
};

const sameProject = (owner: Owner): Action | null => {
  const project = owner.project === null ? null : knownOr(owner.project, null);
  return project === null
    ? null
    : {
        label: `see what else runs for ${project.name}`,
        command: shellCommand('homeport', 'ls', `project:${project.name}`),
      };
};

const everything = ({ process }: Owner): Action => ({
  label: 'see all that is known of the process',
  command: `homeport explain pid:${process.pid} --verbose`,
});

const aboutConnections = (seen: Seen): Action[] => {
  const { connections, owner, target } = seen;
  const [connection] = connections;
  return present([
    asRoot(seen),
    connection === undefined ? null : otherEnd(connection, target),
    owner === null || isUnknown(owner) ? null : everything(owner),
    watchPort(target),
  ]).slice(0, most);
};

/** The end that was not asked about: the server, unless the target is the server itself. */
const otherEnd = ({ client, server }: Connection, target: Target): Action => {
  const askedServer = target.kind === 'endpoint' && target.port === server.port;
  const end = askedServer ? client : server;
  return {
    label: askedServer ? 'see who connects to it' : 'see what it is connected to',
    command: shellCommand('homeport', 'explain', endpointText(end.address, end.port)),
  };
};

const aboutNobody = ({ target, elsewhere }: Seen): Action[] => {
  if (target.kind !== 'endpoint') {
    return [{ label: 'see everything that listens', command: 'homeport ls' }];
  }
  if (target.port === 0) return [];
  const everyListener = { label: 'see everything that listens', command: 'homeport ls' };
  const samePort = {
    label: 'see who has this port on another address',
    command: `homeport explain ${target.port}`,
  };
  return present([elsewhere.length > 0 ? samePort : everyListener, watchPort(target)]);
};

const watchPort = (target: Target): Action | null =>
  target.kind !== 'endpoint' || target.port === 0
    ? null
    : { label: 'see when it changes', command: `homeport ls --watch ${target.port}` };

const nothing = { look: null, stop: null } as const;

const present = (actions: readonly (Action | null)[]): Action[] =>
  actions.filter((action) => action !== null);
