import type { EcosystemMessages } from '../ecosystem.ts';

/** uWSGI. */
export const uwsgi: EcosystemMessages = {
  id: 'uwsgi',
  marks: [/uwsgi|\[core\/\w{2,20}\.c line \d/i],
  rules: [
    {
      pattern:
        /probably another instance of uWSGI is running on the same address \((?<endpoint>[^)]{1,160})\)/,
      class: 'address-in-use',
      role: 'server',
    },
    {
      pattern: /SIGPIPE: writing to a closed pipe|uwsgi_response_\w{1,60}\(\): Broken pipe/,
      class: 'broken-pipe',
      role: 'server',
    },
  ],
};
