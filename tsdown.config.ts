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
  '(?!operations/(?:free|close|pace)|faces/cli/(?:(?:verbs|render)/(?:free|close)|choose-)|host/(?:mask-|linux/(?:linux-control|held-|process-exit|destroy-|run-program|find-in-|masked-)))';

/** What only why, wait and doctor need. */
const diagnosing =
  'diagnose/(?!messages|probes/ask-|systemd-socket|holder-processes)|operations/(?:why|doctor|wait|endpoint-facts|machine-facts|ask-endpoint|named-endpoint)|faces/cli/(?:why/(?!newest|terminal)|verbs/(?:why|wait|doctor)|render/(?:why|doctor|diagnosis))';

/** What only port needs. */
const leasing =
  'ports/(?!freeing)|operations/(?:lease-|list-leases|remove-leases|collect-leases|check-ports|reserve-port|port-use|free-ports|choose-)|faces/cli/(?:verbs/port|render/lease|write-notes)';

/** What nearly every verb needs: one file is read and compiled faster than thirty. */
const core =
  'model|explain/(?!data|port-anatomy)|host/(?!containers|dial|linux/firewall|loopback-trip|resolve)|operations|faces/cli/(?!completion|generated|why)';

/** The first group that fits takes a module; what it imports alone comes with it. */
const groups = [
  {
    name: 'core',
    test: new RegExp(`/src/(?!${diagnosing}|${leasing})${apart}(?:${core})`),
    priority: 3,
  },
  { name: 'diagnosis', test: new RegExp(`/src/(?:${diagnosing})`), priority: 2 },
  { name: 'leases', test: new RegExp(`/src/(?:${leasing})`), priority: 2 },
  { name: 'messages', test: /\/src\/diagnose\/messages\//, priority: 1 },
];

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
      codeSplitting: { groups },
    }),
  },
]);
