import { isUnknown, type Known, unknown } from '../../model/known.ts';
import { textOf } from './boot.ts';
import { reasonOf } from './errno.ts';
import type { FileReader } from './file-reader.ts';
import type { KernelRoot } from './root.ts';

/**
 * Makes the reader of sysctl settings: `net/core/somaxconn` → what `parse` makes of the one line of
 * `/proc/sys/net/core/somaxconn` (proc(5)); unknown where it can't be read or understood.
 */
export const settingReader =
  (root: KernelRoot, read: FileReader) =>
  <T>(name: string, parse: (text: string) => Known<T>): Known<T> => {
    const content = read(`${root.proc}/sys/${name}`);
    return typeof content === 'number'
      ? unknown(reasonOf(content))
      : parse((textOf(content) ?? '').replace(/\n$/, ''));
  };

/** What `settingReader` makes. */
export type SettingReader = ReturnType<typeof settingReader>;

/** The line as it is. */
export const asText = (text: string): Known<string> => text;

/** A number that is not negative. */
export const asCount = (text: string): Known<number> =>
  /^\d+$/.test(text) ? Number(text) : notUnderstood(text);

/** 0 is false, any other number true, as the kernel takes it. */
export const asFlag = (text: string): Known<boolean> => {
  const value = asCount(text);
  return isUnknown(value) ? value : value !== 0;
};

/** The unknown value of a line that has another form than the kernel's documents say. */
export const notUnderstood = (text: string) =>
  unknown('unsupported', `the kernel says ${JSON.stringify(text.slice(0, 80))}`);
