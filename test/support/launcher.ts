import { join } from 'node:path';

/** The command as a user runs it; the set-up builds what it starts. */
export const launcher = join(import.meta.dirname, '../../bin/homeport.js');

/** Root can make namespaces and install servers; without it these tests are skipped by name. */
export const isRoot = process.getuid?.() === 0;
