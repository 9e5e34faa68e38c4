import { describe, expect, it } from 'vitest';
import { commandPorts } from '../../src/ports/command-ports.ts';
import { envLines } from '../../src/ports/env-lines.ts';
import { portFormats } from '../../src/ports/formats/registry.ts';
import { expand, type FoundWant } from '../../src/ports/port-format.ts';

/** What a file of this name wants; fails where no format covers it. */
const wants = async (
  name: string,
  text: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<readonly FoundWant[]> => {
  const format = portFormats.find(({ covers }) => covers(name));
  if (format === undefined) throw new Error(`no format covers ${name}`);
  return format.read(text, variables);
};

const brief = ({ line, what, service, role, port }: FoundWant) =>
  [line, what, service, role, port] as const;

describe('which files are read', () => {
  it.each([
    ['.env', 'env-file'],
    ['.env.local', 'env-file'],
    ['test.env', 'env-file'],
    ['package.json', 'package-json'],
    ['compose.yaml', 'compose'],
    ['docker-compose.yml', 'compose'],
    ['docker-compose.override.yml', 'compose'],
    ['Procfile', 'procfile'],
    ['Procfile.dev', 'procfile'],
    ['vite.config.ts', 'script-config'],
    ['next.config.mjs', 'script-config'],
  ])('%s is one of %s', (name, id) => {
    expect(portFormats.find(({ covers }) => covers(name))?.id).toBe(id);
  });

  it.each(['notes.txt', 'package-lock.json', 'environment', 'values.yaml', 'jest.config.ts'])(
    '%s is none',
    (name) => {
      expect(portFormats.some(({ covers }) => covers(name))).toBe(false);
    },
  );
});

describe('.env', () => {
  it('has ports in the variables that are named so', async () => {
    const text = [
      '# PORT=1',
      'PORT=3000',
      'export API_PORT="4000" # the other one',
      "VITE_API_PORT='4000'",
      'REPORT=5000',
      'DB_PORT=$OTHER',
      'PGPORT=5432\r',
    ].join('\n');
    expect((await wants('.env', text)).map(brief)).toEqual([
      [2, 'PORT', null, 'serves', 3000],
      [3, 'API_PORT', 'api', 'refers', 4000],
      [4, 'VITE_API_PORT', 'api', 'refers', 4000],
      [7, 'PGPORT', 'pg', 'refers', 5432],
    ]);
  });

  it('is read as shells read it', () => {
    expect(envLines('A=1\n B = "x # y" # z\nexport C=\'q\'\nnot a line\nD=')).toEqual([
      { name: 'A', value: '1', line: 1 },
      { name: 'B', value: 'x # y', line: 2 },
      { name: 'C', value: 'q', line: 3 },
      { name: 'D', value: '', line: 5 },
    ]);
  });
});

describe('variables', () => {
  it.each([
    ['$PORT', '3000'],
    ['${PORT}:80', '3000:80'],
    ['${OTHER:-4000}:80', '4000:80'],
    ['${OTHER-4000}', '4000'],
    ['${PORT:-4000}', '3000'],
    ['${OTHER:?must be set}', ''],
    ['$OTHER', ''],
    ['${toString:-1}', '1'],
  ])('%s becomes %s', (text, expanded) => {
    expect(expand(text, { PORT: '3000' })).toBe(expanded);
  });
});

describe('command lines', () => {
  it.each<[string, readonly (number | string)[]]>([
    ['vite --port 5180', [5180]],
    ['vite --port=5180 --host', [5180]],
    ['next dev -p 3001', [3001]],
    ['next dev -p3001', [3001]],
    ['PORT=3002 node server.js', [3002]],
    ['cross-env NODE_ENV=development PORT=3002 node .', [3002]],
    ['npx serve -l 4005', [4005]],
    ['python manage.py runserver 0.0.0.0:8000', ['0.0.0.0', 8000]],
    ['python -m http.server 8001', [8001]],
    ['php -S localhost:8002 -t public', [8002]],
    ['gunicorn -b 127.0.0.1:8003 app:app', ['127.0.0.1', 8003]],
    ['uvicorn app:app --port 8004', [8004]],
    ['vite & node api --port 4000', ['default', 5173, 4000]],
    ['concurrently "vite --port 1234" "next dev -p 1235"', [1234, 1235]],
    ['vite --port $WEB', [5199]],
    ['vite', ['default', 5173]],
    ['vite preview', ['default', 4173]],
    ['next start', ['default', 3000]],
    ['bin/rails server -p 3005', [3005]],
    ['bundle exec rails server -p 3005', [3005]],
    ['vite build', []],
    ['tsc -p 3000', []],
    ['mkdir -p 8080', []],
    ['node --port', []],
    ['echo --port 99999', []],
    ['vite-node --inspect', []],
    ['', []],
  ])('%s', (command, expected) => {
    const found = commandPorts(command, { WEB: '5199' }).flatMap(({ port, address, assumed }) => [
      ...(assumed ? ['default'] : []),
      ...(address === null ? [] : [address]),
      port,
    ]);
    expect(found).toEqual(expected);
  });
});

describe('package.json', () => {
  it('has the ports of its scripts', async () => {
    const text = JSON.stringify(
      {
        name: 'web',
        scripts: {
          dev: 'vite --port 5180',
          build: 'vite build',
          'dev:api': 'node api.js --port 4000',
          storybook: 'storybook dev -p 6006',
          wrong: 1,
        },
      },
      null,
      2,
    );
    expect((await wants('package.json', text)).map(brief)).toEqual([
      [4, 'script dev', null, 'serves', 5180],
      [6, 'script dev:api', 'api', 'serves', 4000],
      [7, 'script storybook', 'storybook', 'serves', 6006],
    ]);
  });

  it.each(['', '{', '[]', 'null', '{"scripts":1}', '{"scripts":null}'])(
    '%j wants nothing',
    async (text) => {
      expect(await wants('package.json', text)).toEqual([]);
    },
  );
});

describe('compose.yaml', () => {
  it('has the ports that its services publish', async () => {
    const text = [
      'services:',
      '  web:',
      '    ports:',
      '      - "3000:80"',
      '      - 127.0.0.1:8443:443',
      '      - "[::1]:8444:443"',
      '      - "9000"',
      '  dns:',
      '    ports: ["5353:53/udp"]',
      '  api:',
      '    ports:',
      '      - target: 80',
      '        published: "${API_PORT:-4000}"',
      '        host_ip: 127.0.0.1',
      '      - "5000-5001:5000-5001"',
      '  none: {}',
    ].join('\n');
    const found = await wants('compose.yaml', text, { API_PORT: '4001' });
    expect(
      found.map(({ line, service, port, address, transport }) => [
        line,
        service,
        port,
        address,
        transport,
      ]),
    ).toEqual([
      [4, 'web', 3000, '0.0.0.0', 'tcp'],
      [5, 'web', 8443, '127.0.0.1', 'tcp'],
      [6, 'web', 8444, '::1', 'tcp'],
      [9, 'dns', 5353, '0.0.0.0', 'udp'],
      [12, 'api', 4001, '127.0.0.1', 'tcp'],
      [15, 'api', 5000, '0.0.0.0', 'tcp'],
      [15, 'api', 5001, '0.0.0.0', 'tcp'],
    ]);
  });

  it.each([
    '',
    'services: 1',
    'services: {web: }',
    'services: {web: {ports: 80}}',
    ': :\n- ]{',
    '{}',
  ])('%j wants nothing', async (text) => {
    expect(await wants('compose.yaml', text)).toEqual([]);
  });

  it('can’t be made to want millions', async () => {
    const found = await wants('compose.yaml', 'services: {x: {ports: ["1-999999:1-999999"]}}');
    expect(found).toHaveLength(1_000);
  });
});

describe('Procfile', () => {
  it('has the ports of its processes', async () => {
    const text = 'web: bin/rails server -p 3000\n# css: x -p 1\ncss: vite --port 3036\nworker: x\n';
    expect((await wants('Procfile.dev', text)).map(brief)).toEqual([
      [1, 'process web', 'web', 'serves', 3000],
      [3, 'process css', 'css', 'serves', 3036],
    ]);
  });
});

describe('configurations that are programs', () => {
  it('are read as text, without what is a comment', async () => {
    const text = [
      "import { defineConfig } from 'vite'; // port: 1",
      'export default defineConfig({',
      '  /* port: 2 */',
      "  server: { host: true, port: 5180, proxy: { '/api': 'http://localhost:4000' },",
      '    hmr: { port: 24678 } },',
      "  preview: { 'port': 5181 },",
      '  other: { support: 3, port: process.env.PORT, port2: 4 },',
      "  text: 'port: 5',",
      '});',
    ].join('\n');
    expect((await wants('vite.config.ts', text)).map(brief)).toEqual([
      [4, 'server.port', null, 'serves', 5180],
      [5, 'hmr.port', 'hmr', 'serves', 24_678],
      [6, 'preview.port', null, 'serves', 5181],
    ]);
  });
});
