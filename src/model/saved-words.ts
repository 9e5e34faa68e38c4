/**
 * The words of a line as `iptables-save` writes them: parted by blanks, with double quotes around
 * what holds any, and a backslash before a quote or backslash within (xtables_save_string).
 */
export const savedWords = (line: string): readonly string[] =>
  Array.from(line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g), ([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll(/\\(.)/g, '$1'),
  );
