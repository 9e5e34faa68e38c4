import type { Owner } from '../model/explanation.ts';

/**
 * What shows that whoever started a process has ended, in the words of its origin: its parent, the
 * agent, the login or the package manager; empty where nothing does. A daemon lets go of its parent on
 * purpose, and is none.
 */
export const orphanEvidence = ({ origin }: Owner): readonly string[] =>
  services.has(origin.id) ? [] : origin.evidence.filter((fact) => left.test(fact));

const left =
  /whose parent has ended|^also: a parent that has ended|^its parent has ended|itself has ended|^no ancestor is .* any more$|outlived the login|it has left the pane/;

const services: ReadonlySet<string> = new Set([
  'container',
  'docker-compose',
  'init-script',
  'kernel',
  'kubernetes',
  'published-port',
  'socket-activation',
  'systemd-unit',
]);
