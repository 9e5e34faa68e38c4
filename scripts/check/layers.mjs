/**
 * Holds the imports against .dependency-cruiser.cjs. A run that saw no module has failed: that is what
 * dependency-cruiser does, with exit code 0, where it finds no TypeScript it can work with.
 */
export const checkLayers = async (tool) => {
  const result = await tool(
    'dependency-cruiser',
    'bin/dependency-cruiser.mjs',
    '--config',
    '.dependency-cruiser.cjs',
    'src',
  );
  const modules = modulesSeen(result.output);
  if (modules > 0) return result;
  return { code: 1, output: `${result.output}\nno module was looked at` };
};

/** How many modules dependency-cruiser says it looked at; 0 where it says nothing of the kind. */
export const modulesSeen = (output) => Number(/(\d+) modules/.exec(output)?.[1] ?? 0);
