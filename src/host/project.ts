import { dirname, join } from 'node:path';
import { type Known, type Unknown, unknown } from '../model/known.ts';
import type { ProjectFacts } from '../model/project-facts.ts';
import { markersIn, strongMarkers } from './project-markers.ts';
import { errorCode, kindOf } from './project-files.ts';
import { readGit } from './project-git.ts';
import { readManifest } from './project-manifest.ts';

/**
 * Reads what the files around a folder say: the nearest folder upwards that has a project's marker,
 * its manifest, and the git worktree around it. `files` stands before every path, as `KernelRoot`
 * says. null: no project there; unknown: the folder is gone or closed. `homes`: people's home
 * folders. What lies there is their settings and no project of the folders below; only who works in
 * the home itself, as in many a container image, has a manifest there for a project's. Starts no
 * process.
 */
export const readProject = (
  files: string,
  directory: string,
  homes: ReadonlySet<string> = noHomes,
): Known<ProjectFacts> | null => {
  if (!directory.startsWith('/')) return unknown('other-namespace', 'not in this file tree');
  const closed = reasonClosed(files + directory);
  if (closed !== null) return closed;
  const folders = foldersUpwards(directory).filter(
    (folder) => folder === directory || !homes.has(folder),
  );
  const isCommon = (folder: string): boolean => isShared(folder) || homes.has(folder);
  const found = nearestMarked(files, folders, isCommon);
  if (found === null) return null;
  return {
    root: found.root,
    markers: found.markers,
    manifest: readManifest(files, found.root, found.markers),
    git: readGit(
      files,
      folders.filter((folder) => !isCommon(folder) || folder === found.root),
    ),
  };
};

const noHomes: ReadonlySet<string> = new Set();

const reasonClosed = (path: string): Unknown | null => {
  const kind = kindOf(path);
  if (kind === 'folder') return null;
  if (kind === 'file') return unknown('unsupported', 'not a folder');
  return errorCode(path) === 'EACCES' ? unknown('denied') : unknown('gone', 'the folder is gone');
};

const foldersUpwards = (directory: string): readonly string[] => {
  const folders = [directory];
  for (let at = directory; at !== dirname(at); at = dirname(at)) folders.push(dirname(at));
  return folders.filter((folder) => !isInstalled(folder));
};

/** A package that was installed is a part of the project around it, and no project itself. */
const isInstalled = (folder: string): boolean => /\/node_modules(?:\/|$)/.test(folder);

const nearestMarked = (
  files: string,
  folders: readonly string[],
  isCommon: (folder: string) => boolean,
): { readonly root: string; readonly markers: readonly string[] } | null => {
  for (const root of folders) {
    const markers = markersIn(join(files, root));
    if (
      markers.length > 0 &&
      (!isCommon(root) || markers.some((name) => strongMarkers.has(name)))
    ) {
      return { root, markers };
    }
  }
  return null;
};

/** Folders that hold much besides a project: there only a manifest makes one. */
const isShared = (folder: string): boolean =>
  /^\/(?:|home|root|tmp|var\/tmp|home\/[^/]+)$/.test(folder);
