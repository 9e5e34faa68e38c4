const { readdirSync } = require('node:fs');
const { dirname, join } = require('node:path');

/** Every folder with a registry.ts is a folder of plug-ins: a new one is held to the rules unasked. */
const pluginFolders = readdirSync(join(__dirname, 'src'), { recursive: true })
  .filter((name) => name.endsWith('/registry.ts'))
  .map((name) => `src/${dirname(name)}`);

const plugin = `^(${pluginFolders.join('|')})/(?!registry\\.ts$)`;
const layer = {
  model: '^src/model/',
  host: '^src/host/',
  operations: '^src/operations/',
  faces: '^src/faces/',
};
// What is in src and is none of the other rooms is a feature: a new one is held to the rules unasked.
const feature = '^src/(?!model/|host/|operations/|faces/|[^/]+$)([^/]+)/';
const hostInterface = '^src/host/host\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'model-is-the-ground',
      comment: 'The vocabulary stands on nothing of ours.',
      severity: 'error',
      from: { path: layer.model },
      to: { path: '^src/', pathNot: layer.model },
    },
    {
      name: 'host-knows-the-model-alone',
      comment: 'The room that reads the machine judges nothing.',
      severity: 'error',
      from: { path: layer.host },
      to: { path: '^src/', pathNot: [layer.model, layer.host] },
    },
    {
      name: 'features-stand-on-model-and-host-interface',
      comment:
        'A feature can be tested from a literal: it sees the Host as a type, never one that works.',
      severity: 'error',
      from: { path: feature },
      to: { path: '^src/', pathNot: [layer.model, feature, hostInterface] },
    },
    {
      name: 'host-interface-is-a-type',
      comment: 'A feature is handed a Host; it does not load one.',
      severity: 'error',
      from: { path: feature },
      to: { path: hostInterface, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-never-import-one-another',
      comment: 'Operations combine features; so each can change, or go, alone.',
      severity: 'error',
      from: { path: feature },
      to: { path: feature, pathNot: '^src/$1/' },
    },
    {
      name: 'operations-know-no-face',
      comment: 'One operation, every face: it can not know which one asks.',
      severity: 'error',
      from: { path: layer.operations },
      to: { path: '^src/', pathNot: [layer.model, layer.host, feature, layer.operations] },
    },
    {
      name: 'nothing-imports-a-face',
      comment: 'Faces are the last layer.',
      severity: 'error',
      from: { path: '^src/', pathNot: layer.faces },
      to: { path: layer.faces },
    },
    {
      name: 'plug-ins-never-import-plug-ins',
      comment: 'Shared helpers live beside the folder, so that any plug-in can be taken out.',
      severity: 'error',
      from: { path: plugin },
      to: { path: `^(${pluginFolders.join('|')})/` },
    },
    {
      name: 'plug-ins-only-through-their-registry',
      comment: 'Order and membership are decided in one place.',
      severity: 'error',
      from: { path: '^src/', pathNot: '/registry\\.ts$' },
      to: { path: plugin },
    },
    {
      name: 'no-cycle',
      comment: 'Files that need each other are one file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere would take its module out of every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Types count: a layer that only knows the types of a higher one knows it all the same.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
