import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commandLine } from '../src/faces/cli/generated/verbs.ts';
import { version } from '../src/faces/cli/version.ts';
import { manPage } from './man-page.ts';

const path = fileURLToPath(new URL('../man/homeport.1', import.meta.url));

mkdirSync(fileURLToPath(new URL('../man/', import.meta.url)), { recursive: true });
writeFileSync(path, manPage(commandLine, version));
process.stdout.write(`${path} has ${readFileSync(path, 'utf8').split('\n').length} lines\n`);
