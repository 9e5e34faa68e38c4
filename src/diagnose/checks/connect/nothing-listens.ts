import type { Action } from '../../../model/finding.ts';
import { isKnown, knownOr } from '../../../model/known.ts';
import type { InetListener, Listener } from '../../../model/listener.ts';
import type { ProjectFacts } from '../../../model/project-facts.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { answersOf, clientTransport, listenersHere } from '../../answering.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { describeListenerAt } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { refusals } from '../../failure-groups.ts';
import { isOwnAddress } from '../../own-address.ts';
import { isTied, nameOfProject, projectStart, serverOnPort } from '../../project-start.ts';
import { serviceStart } from '../../service-start.ts';
import { usesText } from '../../usual-port.ts';

/** Nobody has the port on this machine; what usually does, and how to start what is meant. */
export const nothingListens: Check<EndpointFacts> = {
  id: 'nothing-listens',
  title: 'somebody listens there',
  stage: 'listener',
  explains: [...refusals, 'connection-reset', 'broken-pipe'],
  consequenceOf: ['not-listening-yet'],
  judge: (facts) => {
    if (facts.target.port === 0) return notApplicable;
    const answers = answersOf(facts);
    if (
      answers.length === 0 ||
      !facts.addresses.some((one) => isOwnAddress(one, facts.snapshot.interfaces))
    ) {
      return notApplicable;
    }
    const answered = answers.find(({ listener }) => listener !== null)?.listener ?? null;
    if (answered !== null) return pass(describeListenerAt(answered));
    return listenersHere(facts).length > 0 ? notApplicable : found(facts);
  },
};

const found = (facts: EndpointFacts) => {
  const { target, addresses } = facts;
  const where = addresses.map((address) => endpointText(address, target.port)).join(' or ');
  return failed({
    id: 'nothing-listens',
    severity: 'warning',
    title: `nothing listens on ${where}${projectTail(facts)}`,
    evidence: [
      `no program listens on port ${target.port} at any address of this machine (${clientTransport(facts).toUpperCase()}, this network namespace)`,
      ...usesEvidence(facts),
      ...projectEvidence(facts),
    ],
    actions: actionsFor(facts),
  });
};

const projectOf = ({ askersProject }: EndpointFacts): ProjectFacts | null =>
  askersProject === null ? null : knownOr(askersProject, null);

const projectTail = (facts: EndpointFacts): string => {
  const project = projectOf(facts);
  const server = project === null ? null : serverOnPort(project, facts.target.port);
  return project === null || server === null
    ? ''
    : `: the dev server of ${nameOfProject(project)} (${server}) usually does, and does not run`;
};

const usesEvidence = ({ port, target }: EndpointFacts): readonly string[] => {
  const uses = usesText(port);
  return uses === '' ? [] : [`developers commonly run these on ${target.port}: ${uses}`];
};

const projectEvidence = (facts: EndpointFacts): readonly string[] => {
  const project = projectOf(facts);
  if (project === null) return [];
  const own = facts.listeners.filter((one): one is InetListener => isOfProject(one, project));
  const { port } = facts.target;
  const nearest = own
    .toSorted((a, b) => Math.abs(a.port - port) - Math.abs(b.port - port))
    .slice(0, mostListeners);
  const name = nameOfProject(project);
  if (nearest.length > 0) {
    return nearest.map((one) => `of the project ${name}, ${describeListenerAt(one)} listens`);
  }
  return isTied(project, port)
    ? [`nothing of the project ${name} (${project.root}) listens`]
    : [`you are in the project ${name} (${project.root}), whose files do not tell of port ${port}`];
};

const mostListeners = 3;

const isOfProject = (listener: Listener, { root }: ProjectFacts): boolean =>
  listener.transport === 'tcp' &&
  listener.project !== null &&
  isKnown(listener.project) &&
  listener.project.root === root;

const actionsFor = (facts: EndpointFacts): readonly Action[] => {
  const { target, asker } = facts;
  const project = projectOf(facts);
  const from = isKnown(asker) ? asker.workingDirectory : null;
  const service = serviceStart(target.port);
  const starts = project === null ? [] : projectStart(project, target.port, from);
  if (project !== null && starts.length > 0 && isTied(project, target.port)) {
    return starts.slice(0, mostActions);
  }
  const name = project === null ? '' : nameOfProject(project);
  const maybe = starts.map((one) => ({
    ...one,
    label: `if the server of ${name} is meant, start it and see which port it takes`,
  }));
  return [service ?? seeAll, ...maybe].slice(0, mostActions);
};

const seeAll: Action = { label: 'see everything that listens', command: 'homeport ls' };

const mostActions = 3;
