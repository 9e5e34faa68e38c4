/**
 * Keeps V8's young generation at the size that it has. Where tens of thousands of sockets are read
 * nearly every object lives to the end: a young generation that grows then costs a third of the
 * memory, and copying it takes longer than it saves.
 */
export const keepHeapSmall = async (): Promise<void> => {
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--semi-space-growth-factor=1');
};
