import type { HttpAnswer } from './http-answer.ts';

/**
 * What an answer gives away about the framework that made it, one sentence each. Evidence only: a
 * page built by one server may be served by any other.
 */
export const frameworkEvidence = (answer: HttpAnswer): readonly string[] => [
  ...headerSigns
    .filter(isShownBy(answer))
    .map(({ header, is, name }) => `${header}: ${is} (${name})`),
  ...bodySigns
    .filter(({ contains }) => answer.body.includes(contains))
    .map(({ contains, name }) => `the page contains ${contains} (${name})`),
];

type HeaderSign = { readonly header: string; readonly is: string; readonly name: string };

const isShownBy =
  (answer: HttpAnswer) =>
  ({ header, is }: HeaderSign): boolean =>
    (answer.headers.get(header) ?? '').toLowerCase().includes(is.toLowerCase());

const headerSigns: readonly HeaderSign[] = [
  { header: 'x-powered-by', is: 'Next.js', name: 'Next.js' },
  { header: 'x-powered-by', is: 'Nuxt', name: 'Nuxt' },
  { header: 'x-powered-by', is: 'Express', name: 'Express' },
  { header: 'x-powered-by', is: 'PHP/', name: 'PHP' },
  { header: 'server', is: 'Werkzeug', name: 'Flask or another Werkzeug application' },
  { header: 'server', is: 'WSGIServer', name: 'wsgiref, as Django runserver uses it' },
  { header: 'server', is: 'uvicorn', name: 'an ASGI application' },
  { header: 'server', is: 'gunicorn', name: 'a Python application' },
  { header: 'server', is: 'SimpleHTTP', name: 'python -m http.server' },
  { header: 'server', is: 'Kestrel', name: 'ASP.NET Core' },
  { header: 'server', is: 'Puma', name: 'a Ruby application' },
  { header: 'set-cookie', is: 'laravel_session=', name: 'Laravel' },
  { header: 'set-cookie', is: 'JSESSIONID=', name: 'a Java servlet' },
];

const bodySigns: readonly { readonly contains: string; readonly name: string }[] = [
  { contains: '/@vite/client', name: 'Vite' },
  { contains: '/_next/static', name: 'Next.js' },
  { contains: '/_nuxt/', name: 'Nuxt' },
  { contains: '__sveltekit', name: 'SvelteKit' },
  { contains: '/_astro/', name: 'Astro' },
  { contains: '__remixContext', name: 'Remix' },
  { contains: '___gatsby', name: 'Gatsby' },
  { contains: 'ng-version=', name: 'Angular' },
  { contains: 'webpack-dev-server', name: 'webpack-dev-server' },
  { contains: 'storybook-root', name: 'Storybook' },
  { contains: 'csrfmiddlewaretoken', name: 'Django' },
  { contains: 'Whitelabel Error Page', name: 'Spring Boot' },
];
