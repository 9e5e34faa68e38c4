import { envLines } from '../env-lines.ts';
import { type FoundWant, type PortFormat, serves } from '../port-format.ts';

/** `.env`: `PORT` is the folder's own, `API_PORT` tells where another service is looked for. */
export const envFile: PortFormat = {
  id: 'env-file',
  names: '.env, .env.*, *.env',
  covers: (name) => /^\.env(?:\.|$)|\.env$/.test(name),
  read: async (text) =>
    envLines(text).flatMap(({ name, value, line }): FoundWant[] => {
      if (!/(?:^|_)PORT$|^PGPORT$/.test(name) || !/^\d{1,6}$/.test(value)) return [];
      const want = serves({ line, what: name, service: serviceOf(name), port: Number(value) });
      return [want.service === null ? want : { ...want, role: 'refers' }];
    }),
};

/** What bundlers hand on to the browser has a prefix of its own. */
const publicPrefix = /^(?:VITE|NEXT_PUBLIC|NUXT_PUBLIC|REACT_APP|EXPO_PUBLIC|PUBLIC)_/;

/** `VITE_API_PORT` → `api`; null for `PORT`. */
const serviceOf = (name: string): string | null =>
  name
    .replace(publicPrefix, '')
    .replace(/_?PORT$/, '')
    .toLowerCase() || null;
