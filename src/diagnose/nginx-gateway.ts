import type { Action } from '../model/finding.ts';
import { knownOr } from '../model/known.ts';
import type { Process } from '../model/process.ts';
import { byOwner } from './as-root.ts';
import type { EndpointFacts } from './facts.ts';

/**
 * How to look at the configuration and the log of the nginx that answers, by the options of its master
 * (`-c`, `-p`, `-e` of nginx(8)); null where these could not be read.
 */
export const nginxActions = (facts: EndpointFacts): readonly Action[] | null => {
  const master = masterOf(facts);
  if (master === null) return null;
  const { program, configuration, log } = master;
  const { command, ...rights } = byOwner(master.process, facts, program, '-T', ...configuration);
  return [
    { label: 'see whom nginx asks', command: `${command} 2>/dev/null | ${directives}`, ...rights },
    logAction(log ?? (configuration.length === 0 ? usualLog : null), master.process, facts),
  ];
};

const directives = String.raw`grep -nE '(proxy|fastcgi|uwsgi|grpc|scgi)_pass|error_log|^\s*server '`;

const usualLog = '/var/log/nginx/error.log';

const logAction = (file: string | null, process: Process, facts: EndpointFacts): Action =>
  file === null
    ? {
        label:
          'its log names the upstream and the reason: look into the file that `error_log` of this configuration names',
        command: null,
      }
    : {
        label: "nginx's log names the upstream and the reason",
        ...byOwner(process, facts, 'tail', '-n', '20', file),
      };

type Master = {
  readonly process: Process;
  readonly program: string;
  readonly configuration: readonly string[];
  readonly log: string | null;
};

/** nginx keeps the words that it was started with in the title of its master. */
const masterOf = ({ answering, snapshot: { processes } }: EndpointFacts): Master | null => {
  const owners = new Set(answering.flatMap((one) => knownOr(one.owners, []).map(({ pid }) => pid)));
  const family = processes.filter(({ pid }) => owners.has(pid));
  const parents = new Set(family.map(({ ppid }) => ppid));
  const [master = null] = [...family, ...processes.filter(({ pid }) => parents.has(pid))].flatMap(
    (process) => readTitle(process) ?? [],
  );
  return master;
};

const readTitle = (process: Process): Master | null => {
  const [program, ...options] = wordsOf(process);
  if (program === undefined) return null;
  const given = (letter: string): readonly string[] => optionOf(letter, options);
  const [, log] = given('e');
  return {
    process,
    program: program.startsWith('/') ? program : 'nginx',
    configuration: [...given('p'), ...given('c')],
    log: log?.startsWith('/') === true ? log : null,
  };
};

/** One that runs without a master keeps its arguments as they were. */
const wordsOf = (process: Process): readonly string[] => {
  const argv = knownOr(process.argv, []);
  const [program = ''] = argv;
  if (argv.length > 1 && /(?:^|\/)nginx$/.test(program)) return argv;
  const [, words = ''] = /^nginx: master process (.+)$/.exec(argv.join(' ').trim()) ?? [];
  return words === '' ? [] : words.split(/\s+/);
};

/** `-c FILE` or `-cFILE`, as the option and its value; empty where it was not given. */
const optionOf = (letter: string, words: readonly string[]): readonly string[] => {
  const at = words.findIndex((word) => word.startsWith(`-${letter}`));
  const value = words[at]?.slice(2) || words[at + 1];
  return at === -1 || value === undefined ? [] : [`-${letter}`, value];
};
