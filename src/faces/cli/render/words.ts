import type { UnknownReason } from '../../../model/known.ts';
import type { ExposureLevel, Listener } from '../../../model/listener.ts';
import type { Style } from '../text/line.ts';

/** One word in a table's cell for a value that could not be read. */
export const unknownWord: Readonly<Record<UnknownReason, string>> = {
  denied: 'hidden',
  gone: 'ended',
  unsupported: 'unknown',
  'other-namespace': 'elsewhere',
};

/** The same for a sentence: "… is not visible to this user". */
export const unknownSentence: Readonly<Record<UnknownReason, string>> = {
  denied: 'is not visible to this user',
  gone: 'ended before it could be read',
  unsupported: 'is not told by this system',
  'other-namespace': 'is in a namespace that can’t be looked into from here',
};

type ExposureWord = { readonly word: string; readonly style: Style | null };

/** Whose network namespace it is that the listeners of one exposure level stay in. */
type Placed = Pick<Listener, 'exposure' | 'container'>;

/** Who can reach listeners of a level, as a table says it, and how alarming that is. */
export const exposureWord = (level: ExposureLevel, listeners: readonly Placed[]): ExposureWord =>
  isOfContainers(level, listeners) ? words[level] : { ...words[level], word: 'its namespace' };

/** The same as the end of a sentence. */
export const exposureSentence = (level: ExposureLevel, listeners: readonly Placed[]): string =>
  isOfContainers(level, listeners)
    ? sentences[level]
    : 'reachable from inside its network namespace only';

/** A network namespace is a container's only where that container is known (ip-netns(8)). */
const isOfContainers = (level: ExposureLevel, listeners: readonly Placed[]): boolean =>
  level !== 'this-container' ||
  listeners.every(({ exposure, container }) => exposure.level !== level || container !== null);

const words: Readonly<Record<ExposureLevel, ExposureWord>> = {
  'this-machine': { word: 'this machine', style: 'good' },
  'this-container': { word: 'its container', style: 'good' },
  'local-network': { word: 'local network', style: 'caution' },
  'anyone-routed': { word: 'anyone', style: 'danger' },
  unknown: { word: 'unknown', style: 'dim' },
};

const sentences: Readonly<Record<ExposureLevel, string>> = {
  'this-machine': 'reachable from this machine only',
  'this-container': 'reachable from inside its container only',
  'local-network': 'reachable from the local network',
  'anyone-routed': 'reachable by anyone who can route to this machine',
  unknown: 'and who can reach it is not known',
};

/** A name with its version, which some names have in them already: `HTTP/1.1`, answered as `1.0`. */
export const withVersion = (name: string, version: string | null): string => {
  if (version === null || name.endsWith(version)) return name;
  const family = /^(.+\/)\d[\d.]*$/.exec(name)?.[1];
  return family === undefined ? `${name} ${version}` : `${family}${version}`;
};

/** `/home/ann/shop` as `~/shop`; null: no home is known. */
export const shortPath = (path: string, home: string | null): string => {
  if (home === null || home === '' || home === '/') return path;
  if (path === home) return '~';
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
};
