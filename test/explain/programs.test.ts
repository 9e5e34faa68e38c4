import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectProgram, programKey } from '../../src/explain/detect-program.ts';
import { commandOf } from '../../src/explain/parse-command.ts';
import type { ProgramFacts } from '../../src/explain/program.ts';
import { programDetectors } from '../../src/explain/programs/registry.ts';
import { unknown } from '../../src/model/known.ts';
import { aiCases } from '../fixtures/programs/ai.ts';
import { containersCases } from '../fixtures/programs/containers.ts';
import { dataCases } from '../fixtures/programs/data.ts';
import { javascriptCases } from '../fixtures/programs/javascript.ts';
import { languagesCases } from '../fixtures/programs/languages.ts';
import { otherCases } from '../fixtures/programs/other.ts';
import type { ProgramCase } from '../fixtures/programs/program-case.ts';
import { pythonCases } from '../fixtures/programs/python.ts';
import { serversCases } from '../fixtures/programs/servers.ts';
import { systemCases } from '../fixtures/programs/system.ts';
import { toolsCases } from '../fixtures/programs/tools.ts';

const cases: readonly ProgramCase[] = [
  ...[javascriptCases, pythonCases, languagesCases, dataCases, aiCases, serversCases].flat(),
  ...[containersCases, toolsCases, systemCases, otherCases].flat(),
];

const projectOf = (one: ProgramCase): ProgramFacts['project'] =>
  one.dependencies === undefined && one.markers === undefined
    ? null
    : {
        root: one.cwd ?? '/app',
        markers: one.markers ?? [],
        manifest: {
          file: one.manifest ?? 'package.json',
          name: null,
          scripts: [],
          dependencies: one.dependencies ?? [],
        },
        git: null,
      };

const factsOf = (one: ProgramCase): ProgramFacts => {
  const comm = one.comm ?? 'comm';
  const argv = typeof one.argv === 'string' ? one.argv.split(' ') : (one.argv ?? unknown('denied'));
  const exe = one.exe === undefined ? unknown('denied') : { path: one.exe, deleted: false };
  return {
    command: commandOf({ argv, exe, comm }),
    comm,
    exe: one.exe ?? null,
    cwd: one.cwd ?? '/app',
    project: projectOf(one),
    container: null,
    cgroup: null,
    environment: {},
  };
};

const title = (one: ProgramCase): string =>
  `${one.id}: ${JSON.stringify(one.argv)} ${one.exe ?? ''}`;

describe('detectors', () => {
  it.each(cases.map((one) => [title(one), one] as const))('%s', (_, one) => {
    const { program, problems } = detectProgram(factsOf(one));
    expect(program.id).toBe(one.id);
    expect(problems).toEqual([]);
    expect(program.evidence.every((sentence) => sentence.length > 0)).toBe(true);
    expect(program.evidence.length).toBeGreaterThan(0);
    if (one.name !== undefined) expect(program.name).toBe(one.name);
    if (one.version !== undefined) expect(program.version).toBe(one.version);
    if (one.evidence !== undefined) expect(program.evidence).toContain(one.evidence);
  });

  it('says no version that the facts do not tell', () => {
    const silent = cases.filter((one) => one.version === undefined);
    const versions = silent.map((one) => [title(one), detectProgram(factsOf(one)).program.version]);
    expect(versions.filter(([, version]) => version !== null)).toEqual([]);
  });
});

describe('the registry', () => {
  const files = readdirSync(new URL('../../src/explain/programs/', import.meta.url));

  it('lists each file of the folder once, under the id that is its name', () => {
    const ids = files
      .filter((file) => file !== 'registry.ts')
      .map((file) => file.replace(/\.ts$/, ''));
    expect(programDetectors.map(({ id }) => id).toSorted((a, b) => a.localeCompare(b))).toEqual(
      ids.toSorted((a, b) => a.localeCompare(b)),
    );
  });

  it('has a case for each detector', () => {
    const covered = new Set(cases.map(({ id }) => id));
    expect(programDetectors.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });

  it('has detectors that look only at what the key is made of', () => {
    const readings = new Set<string>();
    for (const one of cases) {
      const watched = new Proxy(factsOf(one), {
        get: (target, property, receiver) => {
          readings.add(String(property));
          return Reflect.get(target, property, receiver);
        },
      });
      for (const { detect } of programDetectors) detect(watched);
    }
    expect([...readings].toSorted((a, b) => a.localeCompare(b))).toEqual([
      'comm',
      'command',
      'cwd',
      'exe',
      'project',
    ]);
  });
});

describe('detectProgram', () => {
  const vite: ProgramCase = { id: 'vite', argv: 'node /app/node_modules/.bin/vite' };

  it('reports a detector that throws and goes on to the next', () => {
    const thrower = {
      id: 'thrower',
      name: 'Thrower',
      kind: 'tool',
      detect: () => {
        throw new Error('bad day');
      },
    } as const;
    const { program, problems } = detectProgram(factsOf(vite), [thrower, ...programDetectors]);
    expect(program.id).toBe('vite');
    expect(problems).toEqual([
      {
        id: 'program-detector-failed',
        reason: 'failed',
        detail: 'The detector thrower failed and was skipped: bad day',
      },
    ]);
  });

  it('takes the first that answers', () => {
    const detect = () => ({ evidence: ['x'] });
    const one = { id: 'one', name: 'One', kind: 'tool', detect } as const;
    const two = { id: 'two', name: 'Two', kind: 'database', detect } as const;
    expect(detectProgram(factsOf(vite), [one, two]).program).toEqual({
      id: 'one',
      name: 'One',
      kind: 'tool',
      version: null,
      evidence: ['x'],
    });
  });

  it('tells a runtime from a program that nobody knows', () => {
    const kind = (argv: string) => detectProgram(factsOf({ id: null, argv })).program.kind;
    expect(kind('node server.js')).toBe('runtime');
    expect(kind('/opt/acme/acmed --listen')).toBe('unknown');
  });
});

describe('programKey', () => {
  const base: ProgramCase = {
    id: null,
    argv: 'node server.js',
    exe: '/usr/bin/node',
    dependencies: [],
  };
  const key = (change: Partial<ProgramCase>) => programKey(factsOf({ ...base, ...change }));

  it('is the same text for the same facts', () => {
    expect(key({})).toBe(key({}));
  });

  it.each([
    [{ argv: 'node server.js x' }],
    [{ argv: ['node', 'server.js x'] }],
    [{ exe: '/usr/bin/nodejs' }],
    [{ comm: 'other' }],
    [{ cwd: '/other' }],
    [{ dependencies: ['express'] }],
    [{ manifest: 'deno.json' }],
    [{ markers: ['go.mod'] }],
  ])('differs with %j', (change) => {
    expect(key(change)).not.toBe(key({}));
  });
});
