import type { SelfFacts } from '../host.ts';
import { ancestors } from './ancestors.ts';
import type { KernelRoot } from './root.ts';

/** This process, its ancestors and whom it acts for: with sudo(8) the user who typed it too. */
export const readSelf = (
  root: KernelRoot,
  environment: Readonly<Record<string, string | undefined>>,
): SelfFacts => {
  const uid = process.getuid?.() ?? 0;
  const typed = environment['SUDO_UID'] ?? '';
  const alsoTyped = uid === 0 && /^\d{1,10}$/.test(typed) ? [Number(typed)] : [];
  return {
    pid: process.pid,
    ancestors: ancestors(root),
    uids: [...new Set([uid, ...alsoTyped])],
  };
};
