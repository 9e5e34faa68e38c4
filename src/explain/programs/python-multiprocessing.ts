import type { ProgramDetector } from '../program.ts';

/**
 * A worker that `multiprocessing` started, for example under uvicorn's `--reload`: it holds its
 * parent's sockets.
 */
export const pythonMultiprocessing: ProgramDetector = {
  id: 'python-multiprocessing',
  name: 'Python multiprocessing worker',
  kind: 'runtime',
  detect: ({ command }) =>
    command.runtime === 'python' && command.words.includes('--multiprocessing-fork')
      ? { evidence: ['option --multiprocessing-fork'] }
      : null,
};
