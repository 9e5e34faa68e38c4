import type { EcosystemMessages } from '../ecosystem.ts';

/** webpack-dev-server, Create React App, Angular's and Vue's dev servers, http-proxy-middleware. */
export const webpack: EcosystemMessages = {
  id: 'webpack',
  marks: [/\[HPM\]|webpack|react-scripts|create-react-app|<[ws]>|vue-cli|\bng serve\b|\[WDS\]/i],
  rules: [
    {
      pattern: /\bproxy(?:ing)? request \S{1,300} from \S{1,200} to (?<endpoint>\S{1,300})/i,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern:
        /Proxy error: Could not proxy request \S{1,300} from \S{1,200} to (?<endpoint>\S{1,300})/,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern:
        /\[HPM\] Error occurred while (?:trying to proxy|proxying) (?:request )?(?:to: )?\S{1,300} (?:from \S{1,200} )?to (?<endpoint>\S{1,300})/i,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern: /\[HPM\] Error occurred while (?:trying to proxy|proxying)(?: to:?)?/i,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern: /Error occurred while trying to proxy(?: to)?: (?<endpoint>\S{1,300})/i,
      class: 'proxy-error',
      role: 'client',
    },
    {
      pattern: /Something is already running on port (?<port>\d{1,5})/i,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /Port (?<port>\d{1,5}) is already in use\. Use (?:'|")?--port/i,
      class: 'address-in-use',
      role: 'server',
    },
    { pattern: /Invalid Host(?:\/Origin)? header/, class: 'host-not-allowed', role: 'server' },
  ],
};
