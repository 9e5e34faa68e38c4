import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, findStarter } from '../origin-match.ts';

const names: ReadonlySet<string> = new Set([
  'cron',
  'crond',
  'cronie',
  'fcron',
  'supercronic',
  'systemd-cron',
]);

/** A job of a crontab. */
export const cron: OriginDetector = {
  id: 'cron',
  detect: (facts) => {
    const found = findStarter(facts, names);
    return (
      found && {
        label: 'cron job',
        evidence: [ancestorEvidence(found)],
        restarts: null,
        at: found.at,
      }
    );
  },
};
