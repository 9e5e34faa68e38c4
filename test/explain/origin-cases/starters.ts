import { factsOf } from '../origin-facts.ts';
import { type Case, node } from './case.ts';

const watchers = (): Case[] => {
  const rows: readonly (readonly [string, string | readonly string[]])[] = [
    ['nodemon', 'node /app/node_modules/.bin/nodemon server.js'],
    ['node --watch', 'node --watch server.js'],
    ['watchexec', 'watchexec -r node server.js'],
    ['entr', 'entr -r node server.js'],
    ['air', '/home/ann/go/bin/air'],
    ['cargo-watch', '/home/ann/.cargo/bin/cargo-watch watch -x run'],
    ['cargo watch', 'cargo watch -x run'],
    ['reflex', 'reflex -s node server.js'],
    ['uvicorn --reload', 'python3 -m uvicorn main:app --reload'],
    ['uvicorn --reload', '/usr/bin/python3 /venv/bin/uvicorn main:app --reload'],
    ['tsx watch', 'node /app/node_modules/.bin/tsx watch server.ts'],
    ['bun --hot', 'bun --hot server.ts'],
    ['deno --watch', 'deno run --watch server.ts'],
    ['dotnet watch', 'dotnet watch run'],
  ];
  return [
    ...rows.map(([name, run]): Case => [
      'watcher',
      `watcher ${name}`,
      true,
      1,
      factsOf([node, { run }]),
    ]),
    [
      'watcher',
      "watcher of the framework's reloader",
      true,
      1,
      factsOf([
        { run: 'python3 manage.py runserver', env: { RUN_MAIN: 'true' } },
        { run: 'python3 manage.py runserver' },
      ]),
    ],
  ];
};

const scripts = (): Case[] => {
  const rows: readonly (readonly [string, string | readonly string[]])[] = [
    ['npm script dev', ['npm run dev']],
    ['npm script dev', 'node /usr/lib/node_modules/npm/bin/npm-cli.js run dev'],
    ['npm script start', ['npm start']],
    ['pnpm script dev', 'node /usr/bin/pnpm --silent dev'],
    ['yarn script dev', 'node /usr/share/yarn/bin/yarn.js dev'],
    ['bun script dev', 'bun run dev'],
    ['npx command vite', 'node /usr/lib/node_modules/npm/bin/npx-cli.js -y vite'],
    ['pnpm command vite', 'node /usr/bin/pnpm.cjs exec vite'],
  ];
  return [
    ...rows.map(([label, run]): Case => [
      'package-script',
      label,
      false,
      2,
      factsOf([node, { run: 'sh -c x' }, { run }]),
    ]),
    [
      'package-script',
      'npm command vite',
      false,
      1,
      factsOf([
        { ...node, env: { npm_lifecycle_event: 'npx', npm_config_user_agent: 'npm/11.0.0' } },
        { run: ['npm exec vite'] },
      ]),
    ],
    [
      'package-script',
      'pnpm script dev',
      false,
      1,
      factsOf([
        {
          ...node,
          env: {
            npm_lifecycle_event: 'dev',
            npm_config_user_agent: 'pnpm/9.1.0 npm/? node/v24',
            npm_package_name: '@shop/web',
          },
        },
        { run: 'sh -c x', env: { npm_lifecycle_event: 'dev' } },
      ]),
    ],
  ];
};

/** Who or what started a process. */
export const starterCases: readonly Case[] = [
  [
    'ai-agent',
    "an AI agent's shell (Claude Code)",
    false,
    2,
    factsOf([node, { run: '/bin/bash -c x' }, { run: ['claude'] }]),
  ],
  [
    'ai-agent',
    "an AI agent's shell (Codex)",
    false,
    1,
    factsOf([node, { run: 'node /usr/lib/node_modules/@openai/codex/bin/cli.js' }]),
  ],
  [
    'ai-agent',
    "an AI agent's shell (Gemini CLI)",
    false,
    1,
    factsOf([
      { ...node, env: { GEMINI_CLI: '1' } },
      { run: 'bash -c x', env: { GEMINI_CLI: '1' } },
      { run: 'something' },
    ]),
  ],
  [
    'ai-agent',
    "an AI agent's shell (Amp)",
    false,
    0,
    factsOf([{ ...node, env: { AGENT: 'amp' } }]),
  ],
  ...watchers(),
  [
    'process-runner',
    'overmind',
    null,
    2,
    factsOf([node, { run: 'bash -c x' }, { run: 'tmux -C -L overmind-shop-x1 new' }]),
  ],
  [
    'process-runner',
    'concurrently',
    null,
    1,
    factsOf([node, { run: 'node node_modules/.bin/concurrently a b' }]),
  ],
  ['process-runner', 'foreman', null, 1, factsOf([node, { run: 'ruby /usr/bin/foreman start' }])],
  ...scripts(),
  ['task-runner', 'make dev', false, 1, factsOf([node, { run: 'make -j2 PORT=1 dev' }])],
  ['task-runner', 'just', false, 1, factsOf([node, { run: 'just' }])],
  [
    'task-runner',
    'go run .',
    false,
    1,
    factsOf([{ run: '/tmp/go-build1/b001/exe/main' }, { run: 'go run .' }]),
  ],
  ['task-runner', 'make', false, 0, factsOf([{ ...node, env: { MAKELEVEL: '1' } }])],
];
