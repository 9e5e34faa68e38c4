import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Strapi, a content management system. */
export const strapi: ProgramDetector = {
  id: 'strapi',
  name: 'Strapi',
  kind: 'framework',
  detect: (facts) => byNpmTool(facts, '@strapi/strapi', ['strapi']),
};
