/** Why an executable's path is unusual, with the ordinary reason for it where there is one. */
export type TemporaryPath = {
  readonly kind: 'memory' | 'temporary';
  readonly known: string | null;
};

/** Whether a path names a file in memory alone: memfd_create(2), or a tmpfs for shared memory. */
export const isInMemory = (path: string): boolean =>
  /^\/?memfd:/.test(path) || path.startsWith('/dev/shm/');

/** What is unusual about an executable's path; null: nothing. */
export const temporaryPathOf = (path: string): TemporaryPath | null => {
  const known = ordinary.find(([shape]) => shape.test(path))?.[1] ?? null;
  if (isInMemory(path)) return { kind: 'memory', known };
  return /^\/(?:private\/)?(?:var\/)?tmp\//.test(path) ? { kind: 'temporary', known } : null;
};

const ordinary: readonly (readonly [RegExp, string])[] = [
  [/\/go-build\d+\//, '`go run` and `go test` build into a temporary folder'],
  [/\/\.mount_[^/]+\//, 'an AppImage mounts itself below /tmp'],
  [/^\/?memfd:runc_cloned:/, 'runc runs from a sealed copy of itself in memory'],
  [/\/(?:bazel|_bazel_)[^/]*\//, 'Bazel runs from its temporary output folder'],
  [/\/bunx-\d+-/, 'bunx unpacks what it runs into a temporary folder'],
  [/\/_MEI[^/]+\//, 'a PyInstaller bundle unpacks itself into a temporary folder'],
];
