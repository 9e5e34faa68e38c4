import type { FailureMessage } from '../model/failure.ts';

/**
 * Whether the program that wrote a message is known to set SO_REUSEADDR on its listening sockets, as
 * its runtime does by itself on Linux. False where nothing tells.
 */
export const setsReuseAddress = (message: FailureMessage | null): boolean =>
  reusing.has(message?.ecosystem ?? '');

const reusing: ReadonlySet<string> = new Set([
  'apache',
  'bun',
  'caddy',
  'deno',
  'django',
  'flask',
  'go',
  'gunicorn',
  'haproxy',
  'java',
  'next',
  'nginx',
  'node',
  'postgres',
  'rails',
  'redis',
  'ruby',
  'rust',
  'spring',
  'uvicorn',
  'vite',
  'webpack',
]);
