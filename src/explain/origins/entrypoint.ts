import type { OriginDetector } from '../origin.ts';

/** The first process of the machine, or of the container that Homeport itself runs in. */
export const entrypoint: OriginDetector = {
  id: 'entrypoint',
  detect: ({ chain: [owner] }) =>
    owner?.process.pid === 1
      ? {
          label: 'the kernel or a container engine, as the first process',
          evidence: ['its process id is 1'],
          restarts: null,
          at: 0,
        }
      : null,
};
