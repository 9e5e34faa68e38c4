import type { ProgramDetector } from '../program.ts';
import { byPython, first } from '../program-match.ts';

/** Jupyter's servers, and the kernels that listen for them. */
export const jupyter: ProgramDetector = {
  id: 'jupyter',
  name: 'Jupyter',
  kind: 'tool',
  detect: (facts) => {
    const kernel = byPython(facts, 'ipykernel_launcher') ?? byPython(facts, 'ipykernel');
    if (kernel !== null) return { ...kernel, label: 'Jupyter kernel' };
    return first(names, (name) => byPython(facts, name));
  },
};

const names = [
  'jupyter-lab',
  'jupyter-notebook',
  'jupyter-server',
  'jupyter',
  'jupyterlab',
  'notebook',
];
