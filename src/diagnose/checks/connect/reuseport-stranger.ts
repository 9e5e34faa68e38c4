import { knownOr } from '../../../model/known.ts';
import type { InetListener, OwnerReference } from '../../../model/listener.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { answeringListeners } from '../../answering.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import { listenerEndpoint } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { mistakenServers } from '../../failure-groups.ts';

/** Programs that know nothing of each other share a port by SO_REUSEPORT (socket(7)): each gets a part. */
export const reuseportStranger: Check<EndpointFacts> = {
  id: 'reuseport-stranger',
  title: 'the sockets that share the port belong to one program',
  stage: 'listener',
  explains: [...mistakenServers, 'timeout', 'none'],
  judge: (facts) => {
    const groups = answeringListeners(facts).filter(
      ({ transport, sockets }) => transport === 'tcp' && sockets.length > 1,
    );
    const [group] = groups;
    if (group === undefined) return notApplicable;
    const members = membersOf(group, facts);
    const [first, ...others] = members;
    const strangers = others.filter(({ program }) => program !== first?.program);
    if (first !== undefined && strangers.length > 0) return found(group, members);
    return members.length < group.sockets.length
      ? couldNotCheck('not every socket of the group has a process that may be seen')
      : pass(`all ${group.sockets.length} sockets are ${first?.owner.name ?? 'one program'}'s`);
  },
};

/** One socket of the group: who accepts from it, and by what it is told from others. */
type Member = {
  readonly owner: OwnerReference;
  /** The pids of all who hold it, the owner's first. */
  readonly holders: readonly number[];
  readonly program: string;
  readonly says: string;
};

const membersOf = (group: InetListener, { snapshot }: EndpointFacts): readonly Member[] => {
  const owners = knownOr(group.owners, []);
  return group.sockets.flatMap(({ inode }) => {
    const holders = (snapshot.holders[String(inode)] ?? []).map(({ pid }) => pid);
    const [owner, ...more] = owners.filter(({ pid }) => holders.includes(pid));
    const process = snapshot.processes.find(({ pid }) => pid === owner?.pid);
    if (owner === undefined || process === undefined) return [];
    const cwd = knownOr(process.cwd, null);
    const project = cwd === null ? null : (snapshot.projects[cwd] ?? null);
    const root = project === null ? null : (knownOr(project, null)?.root ?? null);
    return [
      {
        owner,
        holders: [owner.pid, ...more.map(({ pid }) => pid)],
        program: `${owner.name} ${root ?? ''}`,
        says: `socket ${inode}: ${owner.name} (pid ${owner.pid})${root === null ? '' : ` in ${root}`}${more.length === 0 ? '' : `; pid ${more.map(({ pid }) => pid).join(', ')} holds it too`}`,
      },
    ];
  });
};

const found = (group: InetListener, members: readonly Member[]) => {
  const programs = [...Map.groupBy(members, ({ program }) => program).values()];
  const names = programs.map(nameOf);
  return failed({
    id: 'reuseport-stranger',
    severity: 'warning',
    title: `${names.join(' and ')} share ${listenerEndpoint(group)}: about one connection in ${group.sockets.length} goes to each socket`,
    evidence: [
      ...members.map(({ says }) => says),
      'SO_REUSEPORT lets programs of one user share a port; the kernel deals connections out among their sockets (socket(7))',
    ],
    benignCauses: ['a new version of the server is taking over from the old one'],
    actions: programs.flatMap(([first]) =>
      first === undefined
        ? []
        : [
            {
              label: `see what ${nameOf([first])} is`,
              command: shellCommand('homeport', 'explain', `pid:${first.owner.pid}`),
            },
          ],
    ),
  });
};

/** A program with all its processes, each of which has to end for it to let go: `api (pid 101, 102)`. */
const nameOf = (members: readonly Member[]): string => {
  const pids = [...new Set(members.flatMap(({ holders }) => holders))];
  return `${members[0]?.owner.name ?? 'a program'} (pid ${pids.join(', ')})`;
};
