import type { ApplicationAnswer } from './facts.ts';

/** How one server says that it refuses a Host header, and the setting that allows a host. */
export type HostRefusal = {
  /** What refuses: a server's or a framework's name. */
  readonly by: string;
  /** Where the setting stands, as a path below the project's folder; null where it is no file. */
  readonly file: string | null;
  /** What to write there, to allow `host` (without a port). */
  readonly setting: (host: string) => string;
};

/** What is known of who answers: ids of programs, names of the project's dependencies. */
export type RefusalHints = {
  readonly program: string | null;
  readonly dependencies: readonly string[];
};

/**
 * Recognises a refusal by the words of an answer's body, or of a server's log; null for any other
 * text. `hints` tell servers apart that say the same.
 */
export const hostRefusal = (text: string, hints: RefusalHints): HostRefusal | null => {
  const known = refusals.find(({ says }) => says.test(text));
  return known === undefined ? null : known.refusal(hints, text);
};

/** The same of an HTTP answer: a page may speak of all this, so it counts only where it is an error. */
export const refusalIn = (
  { status, body }: Pick<ApplicationAnswer, 'status' | 'body'>,
  hints: RefusalHints,
): HostRefusal | null => (isError(status, body) ? hostRefusal(body, hints) : null);

/** webpack-dev-server before version 5 refuses with status 200. */
const isError = (status: number, body: string): boolean =>
  status >= 400 || /^\s*Invalid Host header\s*$/.test(body);

/** The host that a server says it refuses, without its port; null where it does not name one. */
export const refusedHost = (text: string): string | null => {
  for (const form of namings) {
    const host = form.exec(text)?.groups?.['host'];
    if (host !== undefined) return host.replace(/(?<!:[^:]*):\d{1,5}$/, '');
  }
  return null;
};

const named = String.raw`(?<host>[\w.-]{1,253}(?::\d{1,5})?)`;

const namings: readonly RegExp[] = [
  new RegExp(String.raw`This host \(["&quot;]{1,6}${named}["&]`),
  new RegExp(String.raw`Invalid HTTP_HOST header: (?:'|&#x27;|&#39;)${named}`),
  new RegExp(String.raw`Blocked hosts?: ${named}`),
  new RegExp(String.raw`non-local 'Host' ${named}`),
  new RegExp(String.raw`Untrusted Host "${named}"`, 'i'),
  new RegExp(String.raw`Host (?:'|&#x27;|&#39;)${named}(?:'|&#x27;|&#39;) is not trusted`),
  new RegExp(String.raw`cross-origin request (?:\S{1,200} ){0,6}from "?${named}`),
];

type Refusal = {
  readonly says: RegExp;
  readonly refusal: (hints: RefusalHints, text: string) => HostRefusal;
};

const always =
  (by: string, file: string | null, setting: HostRefusal['setting']): Refusal['refusal'] =>
  () => ({ by, file, setting });

const vite: HostRefusal = {
  by: 'Vite',
  file: 'vite.config.js (or .ts)',
  setting: (host) => `server: { allowedHosts: ['${host}'] }`,
};

/** Servers that are built upon Vite pass its words on, and read the setting from their own file. */
const ofVite = ({ dependencies }: RefusalHints, text: string): HostRefusal => {
  if (/angular\.json/.test(text) || dependencies.includes('@angular/core')) {
    return {
      by: "Angular's dev server",
      file: 'angular.json',
      setting: (host) => `"allowedHosts": ["${host}"] in the options of the serve target`,
    };
  }
  if (/preview\.allowedHosts/.test(text)) {
    return { ...vite, setting: (host) => `preview: { allowedHosts: ['${host}'] }` };
  }
  if (dependencies.includes('astro')) {
    return {
      ...vite,
      by: 'Astro',
      file: 'astro.config.mjs',
      setting: (host) => `vite: { server: { allowedHosts: ['${host}'] } }`,
    };
  }
  return dependencies.includes('nuxt')
    ? {
        ...vite,
        by: 'Nuxt',
        file: 'nuxt.config.ts',
        setting: (host) => `vite: { server: { allowedHosts: ['${host}'] } }`,
      }
    : vite;
};

const webpack = ({ program, dependencies }: RefusalHints): HostRefusal => {
  if (program === 'create-react-app' || dependencies.includes('react-scripts')) {
    return {
      by: "Create React App's dev server",
      file: '.env.development.local',
      setting: () =>
        'DANGEROUSLY_DISABLE_HOST_CHECK=true (it has no list; a `proxy` in package.json turns the check on, src/setupProxy.js does not)',
    };
  }
  if (program === 'vue-cli' || dependencies.includes('@vue/cli-service')) {
    return {
      by: "Vue CLI's dev server",
      file: 'vue.config.js',
      setting: (host) => `devServer: { allowedHosts: ['${host}'] }`,
    };
  }
  if (program === 'angular' || dependencies.includes('@angular/core')) {
    return {
      by: "Angular's dev server",
      file: 'angular.json',
      setting: (host) => `"allowedHosts": ["${host}"] in the options of the serve target`,
    };
  }
  return {
    by: 'webpack-dev-server',
    file: 'webpack.config.js',
    setting: (host) => `devServer: { allowedHosts: ['${host}'] }`,
  };
};

const symfony = ({ dependencies, program }: RefusalHints): HostRefusal =>
  program === 'laravel' || dependencies.includes('laravel/framework')
    ? {
        by: 'Laravel',
        file: 'bootstrap/app.php',
        setting: (host) =>
          `$middleware->trustHosts(at: ['${host}']) (before Laravel 11: hosts() of app/Http/Middleware/TrustHosts.php)`,
      }
    : {
        by: 'Symfony',
        file: 'config/packages/framework.yaml',
        setting: (host) => `framework: { trusted_hosts: ['${escaped(host)}'] }`,
      };

const escaped = (host: string): string => `^${host.replaceAll('.', String.raw`\.`)}$`;

/** The words of each, as far as they stay the same from version to version. */
const refusals: readonly Refusal[] = [
  { says: /Blocked request\.\s+This host \(/, refusal: ofVite },
  { says: /^\s*Invalid Host header\s*$|Invalid Host\/Origin header/, refusal: webpack },
  {
    says: /Invalid HTTP_HOST header|DisallowedHost/,
    refusal: always(
      'Django',
      'settings.py',
      (host) => `ALLOWED_HOSTS = ['${host}', 'localhost', '127.0.0.1']`,
    ),
  },
  {
    says: /Blocked hosts?: /,
    refusal: always(
      'Rails',
      'config/environments/development.rb',
      (host) => `config.hosts << "${host}"`,
    ),
  },
  {
    says: /Blocking request with non-local 'Host'/,
    refusal: always(
      'Jupyter',
      '~/.jupyter/jupyter_server_config.py',
      (host) =>
        `c.ServerApp.local_hostnames = ['localhost', '${host}'] (NotebookApp before version 7)`,
    ),
  },
  {
    says: /Blocked cross-origin request|"?allowedDevOrigins"?/,
    refusal: always(
      'Next.js',
      'next.config.js (or .ts)',
      (host) => `allowedDevOrigins: ['${host}']`,
    ),
  },
  { says: /Untrusted Host|SuspiciousOperationException/i, refusal: symfony },
  {
    says: /^\s*Invalid host header\s*$/,
    refusal: always(
      'Starlette (FastAPI)',
      null,
      (host) => `app.add_middleware(TrustedHostMiddleware, allowed_hosts=['${host}', 'localhost'])`,
    ),
  },
  {
    says: /is not trusted\./,
    refusal: always(
      'Werkzeug (Flask)',
      null,
      (host) =>
        `app.config['TRUSTED_HOSTS'] = ['${host}', 'localhost'] (Flask 3.1 and later), or trusted_hosts of the request`,
    ),
  },
  {
    says: /Bad Request - Invalid Hostname/,
    refusal: always(
      'ASP.NET Core',
      'appsettings.json',
      (host) => `"AllowedHosts": "${host};localhost"`,
    ),
  },
  {
    says: /^\s*Host not permitted\s*$/,
    refusal: always(
      'Sinatra (Rack::Protection)',
      null,
      (host) => `set :host_authorization, { permitted_hosts: ['${host}', 'localhost'] }`,
    ),
  },
  {
    says: /The provided host name is not valid for this server/,
    refusal: always(
      'Drupal',
      'sites/default/settings.php',
      (host) => `$settings['trusted_host_patterns'] = ['${escaped(host)}'];`,
    ),
  },
  {
    says: /Access through untrusted domain/,
    refusal: always(
      'Nextcloud',
      'config/config.php',
      (host) => `'trusted_domains' => ['localhost', '${host}']`,
    ),
  },
  {
    says: /Host header is specified and is not an IP address or localhost/,
    refusal: always(
      "Chrome's DevTools",
      null,
      () => 'no setting: ask for its IP address, or send `Host: localhost`',
    ),
  },
];
