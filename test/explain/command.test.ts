import { describe, expect, it } from 'vitest';
import { commandOf } from '../../src/explain/parse-command.ts';
import { unknown } from '../../src/model/known.ts';

const parse = (
  argv: string | readonly string[],
  { exe = null, comm = 'comm' }: { exe?: string | null; comm?: string } = {},
) =>
  commandOf({
    argv: typeof argv === 'string' ? argv.split(' ') : argv,
    exe: exe === null ? unknown('denied') : { path: exe, deleted: false },
    comm,
  });

describe('an interpreter is told from what it runs', () => {
  it.each([
    // command line, runtime, script, words
    [
      'node --inspect /app/node_modules/.bin/vite --port 3000',
      'node',
      '/app/node_modules/.bin/vite',
      ['--port', '3000'],
    ],
    ['node -r dotenv/config server.js', 'node', 'server.js', []],
    ['node --require ./a.js --import tsx --env-file .env src/x.ts -v', 'node', 'src/x.ts', ['-v']],
    ['node --import=tsx --max-old-space-size=4096 --watch x.mjs', 'node', 'x.mjs', []],
    ['/usr/bin/node20 -- -x.js', 'node', '-x.js', []],
    ['node -e setInterval(f) a', 'node', null, ['a']],
    ['node --run dev', 'node', null, []],
    ['node inspect x.js', 'node', 'x.js', []],
    ['node /app/node_modules/.bin/ts-node -P tsconfig.json src/x.ts', 'node', 'src/x.ts', []],
    ['node /usr/bin/npx vite', 'node', '/usr/bin/npx', ['vite']],
    ['deno run -A --config deno.json main.ts x', 'deno', 'main.ts', ['x']],
    ['deno serve --port 8000 main.ts', 'deno', 'main.ts', []],
    ['deno -A main.ts', 'deno', 'main.ts', []],
    ['deno task dev', 'deno', null, ['task', 'dev']],
    ['bun run --hot src/x.ts', 'bun', 'src/x.ts', []],
    ['bun --hot x.ts', 'bun', 'x.ts', []],
    ['bun run dev', 'bun', null, ['run', 'dev']],
    ['python3 -u app.py --debug', 'python', 'app.py', ['--debug']],
    ['python3.12 -X dev -W ignore app.py', 'python', 'app.py', []],
    ['/app/.venv/bin/python /app/.venv/bin/flask run', 'python', '/app/.venv/bin/flask', ['run']],
    ['python -c pass x', 'python', null, ['x']],
    ['ruby -rbundler/setup -I lib bin/rails server', 'ruby', 'bin/rails', ['server']],
    ['ruby /usr/bin/bundle exec rails s', 'ruby', 'rails', ['s']],
    ['php -d memory_limit=1G artisan serve', 'php', 'artisan', ['serve']],
    ['php8.2 -S localhost:8000 -t public router.php', 'php', 'router.php', []],
    ['php -f x.php y', 'php', 'x.php', ['y']],
    ['dotnet /app/Api.dll --urls x', 'dotnet', '/app/Api.dll', ['--urls', 'x']],
    ['dotnet exec --depsfile d.json Api.dll', 'dotnet', 'Api.dll', []],
    ['dotnet run --project x', 'dotnet', null, ['run', '--project', 'x']],
    ['perl -w -I lib x.pl y', 'perl', 'x.pl', ['y']],
    ['perl -ne print x', 'perl', null, ['x']],
    ['bash ./start.sh a', 'shell', './start.sh', ['a']],
    [
      'beam.smp -- -root /x -- -s elixir start_cli -extra --no-halt -S mix phx.server',
      'erlang',
      'mix',
      ['phx.server'],
    ],
  ] as const)('%s', (line, runtime, script, words) => {
    expect(parse(line)).toMatchObject({ runtime, script, words, title: null });
  });

  it.each([
    ['python -m flask run', 'flask', null, ['run']],
    ['python3 -um http.server 8000', 'http.server', null, ['8000']],
    ['python3 -mhttp.server', 'http.server', null, []],
    ['python -m debugpy --listen 5678 --wait-for-client -m flask run', 'flask', null, ['run']],
    [
      'python -m debugpy --listen 5678 --pid 12',
      'debugpy',
      null,
      ['--listen', '5678', '--pid', '12'],
    ],
    ['java -Xmx1g -cp a.jar:b.jar com.acme.Main x', 'com.acme.Main', null, ['x']],
    [
      'java --add-opens java.base/x=ALL-UNNAMED -p lib -m mod/com.acme.Main',
      'mod/com.acme.Main',
      null,
      [],
    ],
    ['java -Dx=y -jar app.jar --port 1', null, 'app.jar', ['--port', '1']],
  ] as const)('%s', (line, module, jar, words) => {
    expect(parse(line)).toMatchObject({ module, jar, words, script: null });
  });

  it('keeps what belongs to the interpreter apart', () => {
    expect(parse('node --inspect=0 -r x y.js').runtimeArguments).toEqual([
      '--inspect=0',
      '-r',
      'x',
    ]);
    expect(parse('java -cp a com.x.Y').runtimeArguments).toEqual(['-cp', 'a']);
    expect(
      parse('python /x/debugpy --connect 127.0.0.1:1 --adapter-access-token t app.py'),
    ).toMatchObject({
      script: 'app.py',
      runtimeArguments: ['/x/debugpy', '--connect', '127.0.0.1:1', '--adapter-access-token', 't'],
    });
  });

  it('takes what a shell is told as words, not as the program', () => {
    expect(parse(['sh', '-c', 'redis-server --port 1'])).toMatchObject({
      executable: 'sh',
      runtime: 'shell',
      script: null,
      words: ['redis-server --port 1'],
    });
    expect(parse('-bash')).toMatchObject({ executable: 'bash', runtime: 'shell', words: [] });
  });

  it('reads env as what env becomes', () => {
    expect(parse('/usr/bin/env -u HOME PORT=1 node x.js')).toMatchObject({
      executable: 'node',
      script: 'x.js',
    });
    expect(parse('env').executable).toBe('env');
  });

  it('goes by the executable where the name is no runtime', () => {
    expect(parse(['web', 'app.py'], { exe: '/usr/bin/python3.11' })).toMatchObject({
      executable: 'web',
      runtime: 'python',
      script: 'app.py',
    });
  });
});

describe('a title', () => {
  it.each([
    ['next-server (v16.0.1)', '/usr/bin/node', { executable: 'next-server', runtime: 'node' }],
    ['nginx: master process /usr/sbin/nginx', '/usr/sbin/nginx', { executable: 'nginx' }],
    ['postgres: 15/main: checkpointer ', null, { words: ['15/main:', 'checkpointer'] }],
    ['redis-server 127.0.0.1:6379', '/usr/bin/redis-check-rdb', { executable: 'redis-server' }],
    [
      'gunicorn: master [app]',
      '/usr/bin/python3.11',
      { executable: 'gunicorn', runtime: 'python' },
    ],
    [
      'puma 6.4.0 (tcp://[::1]:9292) [a]',
      '/usr/bin/ruby3.2',
      { executable: 'puma', runtime: 'ruby' },
    ],
    ['sshd: user@pts/0', null, { executable: 'sshd', runtime: null, words: ['user@pts/0'] }],
    ['php-fpm: pool www', null, { executable: 'php-fpm', runtime: null, words: ['pool', 'www'] }],
    ['npm exec vite', '/usr/bin/node', { executable: 'npm', words: ['exec', 'vite'] }],
    ['/opt/chrome/chrome --type=gpu', '/opt/chrome/chrome', { executable: 'chrome' }],
  ] as const)('%s', (title, exe, expected) => {
    const command = parse([title], { exe });
    expect(command).toMatchObject({ title: title.trim(), script: null, ...expected });
  });

  it.each([
    ['/opt/My App/server', '/opt/My App/server'],
    ['/opt/My App/server', null],
    ['C:\\Program Files\\x.exe', null],
    ['/nix/store/a:b/bin/x', null],
    ['nginx', null],
  ])('is not a path: %s', (path, exe) => {
    expect(parse([path], { exe }).title).toBeNull();
  });
});

describe('a process that shows little', () => {
  it('is named by comm where argv is empty: a zombie, a kernel thread', () => {
    expect(parse([], { comm: 'node' })).toMatchObject({ executable: 'node', argv: [], words: [] });
    expect(parse([], { comm: 'kworker/0:1' }).executable).toBe('kworker/0');
  });

  it('is named by its executable where argv is denied', () => {
    const command = commandOf({
      argv: unknown('denied'),
      exe: { path: '/usr/sbin/nginx', deleted: true },
      comm: 'x',
    });
    expect(command).toMatchObject({ executable: 'nginx', runtime: null, argv: [], title: null });
  });

  it('is named by the first word of a comm that was cut', () => {
    expect(parse([], { comm: 'next-server (v1' }).executable).toBe('next-server');
  });

  it('survives empty and hostile text', () => {
    for (const argv of [
      [''],
      ['', ''],
      ['-'],
      ['/'],
      ['--'],
      ['\u001b[2J'],
      ['node', ''],
      ['python', '-'],
      ['python', '-m'],
    ]) {
      expect(parse(argv).argv).toEqual(argv);
    }
    expect(parse(['<script>.exe']).executable).toBe('<script>');
  });
});
