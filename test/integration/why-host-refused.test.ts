import { spawnSync } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findProgram } from '../support/find-program.ts';
import { freePort } from '../support/free-port.ts';
import { makeProject } from '../support/make-project.ts';
import { startApart, untilListening } from '../support/start-apart.ts';
import { startServer } from '../support/start-server.ts';
import { askWhy, causeIds, causeOf } from '../support/why-facts.ts';

/** Whether a program of a language is there and knows what it is asked to load. */
const runs = (program: string, flag: string, code: string): boolean => {
  const found = findProgram(program);
  return found !== null && spawnSync(found, [flag, code], { stdio: 'ignore' }).status === 0;
};

const hasDjango = runs('python3', '-c', 'import django');
const hasRails = findProgram('puma') !== null && runs('ruby', '-e', "gem 'actionpack'");

describe('a refused Host header', () => {
  test.skipIf(findProgram('npm') === null)(
    'of a real Vite dev server, and localhost that it serves (skipped without npm)',
    async () => {
      const root = makeProject('shop-web', true);
      const port = await freePort();
      const words = ['run', 'dev', '--', '--port', `${port}`, '--host', '0.0.0.0'];
      const { output } = startApart('npm', words, { cwd: root });
      await untilListening(port, output);
      const said = await askWhy({ message: await refusal(port, 'app.shop.test') });
      expect(said.symptom).toMatchObject({ class: 'host-not-allowed', from: 'message' });
      expect(causeOf(said, 'host-refused')).toMatchObject({
        title: 'Vite refuses requests to the host app.shop.test',
        explains: true,
      });
      const met = await askWhy({ target: `http://${await ownName()}:${port}` });
      expect(met).toMatchObject({
        symptom: { class: 'host-not-allowed', from: 'attempt' },
        verdict: 'explained',
      });
      const cause = causeOf(met, 'host-refused');
      expect(cause.title).toMatch(/^Vite, Vite \(pid \d+, project shop-web\) at /);
      expect(cause.actions[0]?.label).toContain(` in ${root}/vite.config.js`);
      const well = await askWhy({ target: `http://127.0.0.1:${port}` });
      expect(causeIds(well)).not.toContain('host-refused');
    },
  );

  test.skipIf(!hasDjango)('of a real Django (skipped without python3-django)', async () => {
    const server = await startDjango(['localhost']);
    try {
      const diagnosis = await askWhy({ target: `http://127.0.0.1:${server.port}` });
      expect(diagnosis).toMatchObject({
        symptom: { class: 'host-not-allowed' },
        verdict: 'explained',
      });
      const cause = causeOf(diagnosis, 'host-refused');
      expect(cause.title).toMatch(/^Django, .* refuses requests to the host 127\.0\.0\.1$/);
      expect(cause.actions[0]?.label).toContain(
        "ALLOWED_HOSTS = ['127.0.0.1', 'localhost', '127.0.0.1']",
      );
      const well = await askWhy({ target: `http://localhost:${server.port}` });
      expect(causeIds(well)).not.toContain('host-refused');
    } finally {
      await server.stop();
    }
  });

  test.skipIf(!hasRails)(
    'of a real Rails, and a name that it serves (skipped without ruby-actionpack, puma)',
    async () => {
      const server = await startRails({ allowed: ['localhost', 'allowed.test'], details: true });
      try {
        const host = await ownName();
        const met = await askWhy({ target: `http://${host}:${server.port}` });
        expect(met).toMatchObject({
          symptom: { class: 'host-not-allowed', from: 'attempt' },
          verdict: 'explained',
        });
        const cause = causeOf(met, 'host-refused');
        expect(cause.title).toMatch(/^Rails, .* refuses requests to the host /);
        expect(cause.title.endsWith(` ${host}`)).toBe(true);
        expect(cause.evidence).toContain(`it says: Blocked host: ${host}`);
        const file = join(server.directory, 'config/environments/development.rb');
        expect(cause.actions[0]?.label).toBe(
          `allow it: config.hosts << "${host}" in ${file}, then restart the server`,
        );
        const said = await askWhy({ message: await refusal(server.port, 'shop.test') });
        expect(causeOf(said, 'host-refused')).toMatchObject({
          title: 'Rails refuses requests to the host shop.test',
          explains: true,
        });
        const well = await askWhy({ target: `http://localhost:${server.port}` });
        expect(well.symptom).not.toMatchObject({ class: 'host-not-allowed' });
        expect(causeIds(well)).not.toContain('host-refused');
        expect(await refusal(server.port, 'allowed.test')).toBe('<title>Shop</title>');
      } finally {
        await server.stop();
      }
    },
  );

  test.skipIf(!hasRails)(
    'of a real Rails that tells its log alone (skipped without ruby-actionpack, puma)',
    async () => {
      const server = await startRails({ allowed: ['localhost'], details: false });
      try {
        expect(await refusal(server.port, 'shop.test')).toBe('');
        await expect.poll(server.output).toContain('Blocked host: shop.test');
        const line = server
          .output()
          .split('\n')
          .find((one) => one.includes('Blocked host'));
        const said = await askWhy({ message: line ?? '' });
        expect(said.symptom).toMatchObject({ class: 'host-not-allowed', from: 'message' });
        expect(causeOf(said, 'host-refused')).toMatchObject({
          title: 'Rails refuses requests to the host shop.test',
          explains: true,
        });
      } finally {
        await server.stop();
      }
    },
  );
});

/** This machine's name, which has an address of it wherever people work on a machine. */
const ownName = async (): Promise<string> => {
  await lookup(hostname());
  return hostname();
};

/** What the server says to that host, as its client would paste it. */
const refusal = (port: number, host: string): Promise<string> =>
  new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', headers: { Host: `${host}:${port}` } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.once('end', () => resolve(body));
    })
      .once('error', reject)
      .end();
  });

const startDjango = (allowed: readonly string[]) =>
  startServer(
    'python3',
    ({ directory, port }) => [
      join(directory, 'manage.py'),
      'runserver',
      '--noreload',
      `127.0.0.1:${port}`,
    ],
    {
      prepare: ({ directory }) => {
        const settings = [
          'import sys',
          'from django.conf import settings',
          'from django.http import HttpResponse',
          'from django.urls import path',
          `settings.configure(DEBUG=True, SECRET_KEY='test-only', ROOT_URLCONF=__name__, ALLOWED_HOSTS=${JSON.stringify(allowed)}, MIDDLEWARE=['django.middleware.common.CommonMiddleware'])`,
          "urlpatterns = [path('', lambda request: HttpResponse('<title>Shop</title>'))]",
          "if __name__ == '__main__':",
          '    from django.core.management import execute_from_command_line',
          '    execute_from_command_line(sys.argv)',
        ];
        mkdirSync(directory, { recursive: true });
        writeFileSync(join(directory, 'manage.py'), `${settings.join('\n')}\n`);
      },
    },
  );

/** Rails' own guard before a page; `details` as in development, where the answer tells why. */
const startRails = ({ allowed, details }: { allowed: readonly string[]; details: boolean }) =>
  startServer('puma', ({ port }) => ['--bind', `tcp://0.0.0.0:${port}`, 'config.ru'], {
    prepare: ({ directory }) => {
      const application = [
        "require 'logger'",
        "require 'action_controller'",
        'use Rack::Config do |env|',
        `  env['action_dispatch.show_detailed_exceptions'] = ${String(details)}`,
        "  env['action_dispatch.logger'] = Logger.new($stderr)",
        'end',
        `use ActionDispatch::HostAuthorization, ${JSON.stringify(allowed)}`,
        "run ->(_) { [200, { 'content-type' => 'text/html' }, ['<title>Shop</title>']] }",
      ];
      writeFileSync(join(directory, 'config.ru'), `${application.join('\n')}\n`);
      writeFileSync(join(directory, 'Gemfile'), "gem 'rails'\n");
    },
  });
