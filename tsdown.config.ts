import { defineConfig } from 'tsdown';

/** One build for both faces: the library and the CLI share their chunks. */
export default defineConfig({
  entry: { index: 'src/index.ts', cli: 'src/faces/cli/main.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node22.13',
  dts: { entry: 'src/index.ts' },
  // Names and line breaks stay: a stack trace in a bug report can be read.
  minify: false,
  deps: { neverBundle: [/^koffi/, /^@koromix\//] },
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
});
