import { failWith, setUp } from './setup.mjs';
import { nodeRuntime } from './setup/paths.mjs';
import { run } from './setup/run.mjs';

/** Sets the checkout up and runs one script on the Node that it brought along. */
const withNode = async ([script, ...words]) => {
  await setUp();
  process.exitCode = await run(nodeRuntime(), [script, ...words]);
};

await withNode(process.argv.slice(2)).catch(failWith);
