import { expect, test } from 'vitest';
import { maskSecret } from '../../src/host/mask-secret.ts';

test.each([
  ['API_KEY', 'abc'],
  ['NPM_TOKEN', 'abc'],
  ['DB_PASSWORD', 'abc'],
  ['PGPASSWORD', 'abc'],
  ['AWS_SECRET_ACCESS_KEY', 'abc'],
  ['SESSION_SECRET', 'abc'],
  ['githubToken', 'abc'],
  ['SENTRY_DSN', 'https://abc@o1.ingest.sentry.io/1'],
  ['SOMETHING', 'ghp_0123456789abcdef0123456789abcdef0123'],
  ['SOMETHING', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc'],
  ['SOMETHING', 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4MTIzNDU2'],
])('%s=%s is all masked', (name, value) => {
  expect(maskSecret(name, value)).toBe('***');
});

test.each([
  ['PATH', '/usr/bin:/bin'],
  ['PORT', '3000'],
  ['PWD', '/home/ann/shop'],
  ['KEYBOARD', 'de'],
  ['AUTHOR', 'ann'],
  ['NODE_ENV', 'development'],
  ['TMUX', '/tmp/tmux-1000/default,812,0'],
  ['EMPTY_TOKEN', ''],
])('%s=%s is told', (name, value) => {
  expect(maskSecret(name, value)).toBe(value);
});

test('the rest of a URL is told', () => {
  const url = 'postgres://ann:sesame@db:5432/shop?password=x&a=1';
  expect(maskSecret('DATABASE_URL', url)).toBe('postgres://***@db:5432/shop?password=***&a=1');
});
