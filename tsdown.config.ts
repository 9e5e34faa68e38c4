import { defineConfig, type UserConfig } from 'tsdown';

const both = {
  platform: 'node',
  target: 'node22.13',
  // Names and line breaks stay: a stack trace in a bug report can be read.
  minify: false,
  deps: { neverBundle: [/^koffi/, /^@koromix\//] },
} satisfies UserConfig;

/** What ends something is loaded for that alone. */
const apart =
  '(?!operations/(?:free|close|pace)|faces/cli/(?:(?:verbs|render)/(?:free|close)|ask-line|choose-)|host/(?:mask-|linux/(?:linux-control|held-|process-exit|destroy-|run-program|find-in-|masked-)))';

/** What nearly every verb needs: one file is read and compiled faster than thirty. */
const core = new RegExp(
  `/src/${apart}(?:model|explain/(?!data|port-anatomy)|host/(?!containers|dial|linux/firewall|loopback-trip|resolve)|operations|faces/cli/(?!completion|generated))`,
);

export default defineConfig([
  {
    ...both,
    entry: { index: 'src/index.ts' },
    format: 'esm',
    dts: { entry: 'src/index.ts' },
    outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
  },
  {
    ...both,
    entry: { cli: 'src/faces/cli/main.ts' },
    // CommonJS starts faster than ESM: no loader, no facade for each of Node's own modules.
    format: 'cjs',
    dts: false,
    clean: false,
    outExtensions: () => ({ js: '.cjs' }),
    outputOptions: (options) => ({
      ...options,
      codeSplitting: { groups: [{ name: 'core', test: core }] },
    }),
  },
]);
