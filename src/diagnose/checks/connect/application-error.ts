import type { Action } from '../../../model/finding.ts';
import { isKnown, knownOr } from '../../../model/known.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { targetText } from '../../../model/target-text.ts';
import { answererAt } from '../../asked.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { ownerOf } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { gatewayOf } from '../../gateways.ts';

/** The application itself fails: everything up to it works. */
export const applicationError: Check<EndpointFacts> = {
  id: 'application-error',
  title: 'the application answers without an error of its own',
  stage: 'application',
  explains: ['application-error'],
  judge: (facts) => {
    const { application } = facts;
    const unready = unreadyText(facts);
    if (unready !== null) return notYet(facts, unready);
    if (application === null || !isKnown(application.value)) return notApplicable;
    const { url, status } = application.value;
    const [listener] = facts.answering;
    const program = listener === undefined ? null : knownOr(listener.program, null);
    const isOwn = status >= 500 && gatewayOf(application.value, program?.id ?? null) === null;
    return isOwn ? found(facts, url, status) : pass(`GET ${url} answers ${status}`);
  },
};

/** What a server says of itself that answers before it serves. */
const unreadyText = ({ protocol: { value }, notReady = null }: EndpointFacts): string | null => {
  if (notReady !== null) return notReady;
  return value.status === 'identified' && value.details['loading'] !== undefined
    ? `${value.name} says that it is still loading`
    : null;
};

const notYet = (facts: EndpointFacts, unready: string) =>
  failed({
    id: 'application-error',
    severity: 'warning',
    title: `${answererAt(facts)} answers, and does not serve yet: ${unready}`,
    evidence: [unready],
    benignCauses: ['it starts, and serves in a moment'],
    actions: [
      {
        label: 'wait until it serves',
        command: shellCommand('homeport', 'wait', targetText(facts.target)),
      },
      ...logOf(facts),
    ],
  });

const found = (facts: EndpointFacts, url: string, status: number) =>
  failed({
    id: 'application-error',
    severity: 'warning',
    title: `${answererAt(facts)} answers ${status}: the way to it works, its own code fails`,
    evidence: [`GET ${url} answers ${status}`],
    benignCauses:
      facts.path === undefined ? ['only the front page fails, which nobody asks for'] : [],
    actions: [
      { label: 'read the whole answer', command: shellCommand('curl', '-i', url) },
      ...logOf(facts),
    ],
  });

/** A unit's output is in the journal; a program of a terminal prints it there. */
const logOf = ({ answering: [listener], owner }: EndpointFacts): readonly Action[] => {
  const [, user, unit] =
    owner !== null && 'origin' in owner && owner.origin.id === 'systemd-unit'
      ? (/^systemd (user )?unit (\S+)$/.exec(owner.origin.label) ?? [])
      : [];
  if (unit !== undefined) {
    const words = user === undefined ? ['journalctl'] : ['journalctl', '--user'];
    return [
      {
        label: 'and what the application prints',
        command: shellCommand(...words, '-u', unit, '-n', '50'),
      },
    ];
  }
  const process = listener === undefined ? null : ownerOf(listener);
  return process === null
    ? []
    : [
        {
          label: `and what ${process.name} (pid ${process.pid}) prints where it was started`,
          command: null,
        },
      ];
};
