import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** `kubectl port-forward` and `kubectl proxy`; the label says what is forwarded. */
export const kubectl: ProgramDetector = {
  id: 'kubectl',
  name: 'kubectl',
  kind: 'tool',
  detect: (facts) => {
    const detection = byExecutable(facts, 'kubectl', 'oc');
    if (detection === null) return null;
    const { words } = facts.command;
    const at = words.indexOf('port-forward');
    const [resource, ...ports] = at < 0 ? [] : operands(words.slice(at + 1));
    if (resource !== undefined) {
      return { ...detection, label: `kubectl port-forward ${[resource, ...ports].join(' ')}` };
    }
    return words.includes('proxy') ? { ...detection, label: 'kubectl proxy' } : detection;
  },
};

/** Options of `kubectl port-forward` whose value is the next word. */
const valued =
  /^(?:-n|--namespace|--address|--context|--kubeconfig|--pod-running-timeout|--cluster|--user)$/;
const operands = (words: readonly string[]): readonly string[] =>
  words.filter((word, at) => !word.startsWith('-') && !valued.test(words[at - 1] ?? ''));
