import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Chromium and the browsers made from it; a port to drive it is in the evidence. */
export const chrome: ProgramDetector = {
  id: 'chrome',
  name: 'Chrome',
  kind: 'browser',
  detect: (facts) => {
    const found = names.find(([name]) => byExecutable(facts, name) !== null);
    const detection = found && byExecutable(facts, found[0]);
    return found && detection ? { ...detection, label: found[1] } : null;
  },
};

const names = [
  ['chrome', 'Chrome'],
  ['google-chrome', 'Chrome'],
  ['chromium', 'Chromium'],
  ['chromium-browser', 'Chromium'],
  ['headless_shell', 'Chromium, headless'],
  ['chrome-headless-shell', 'Chrome, headless'],
  ['msedge', 'Edge'],
  ['brave', 'Brave'],
  ['vivaldi-bin', 'Vivaldi'],
] as const;
