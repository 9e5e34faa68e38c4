import type { Size } from '../io.ts';

/**
 * Draws frames of lines on the terminal's alternate screen. Each method returns the text to write:
 * only lines that differ from what is shown are drawn again.
 */
export type Painter = {
  /** Takes the screen over. */
  readonly enter: () => string;
  /** Draws a frame: whole lines, styled already, none wider than the screen; what does not fit below is left out. */
  readonly draw: (lines: readonly string[], size: Size) => string;
  /** Forgets what is shown, so that the next frame is drawn whole: after a resize, or after a stop. */
  readonly forget: () => void;
  /** Gives the screen back as it was. */
  readonly leave: () => string;
};

const escape = '\x1b[';
const enterScreen = `${escape}?1049h${escape}?25l${escape}2J`;
const leaveScreen = `${escape}?25h${escape}?1049l`;

/**
 * Makes a painter. The alternate screen, because a frame can be taller than the terminal and a
 * resize breaks lines anew: neither can be undone in the scrollback.
 */
export const createPainter = (): Painter => {
  let shown: readonly string[] | null = null;
  return {
    enter: () => enterScreen,
    draw: (lines, { rows }) => {
      const visible = lines.slice(0, rows);
      const text = changes(shown, visible);
      shown = visible;
      return text;
    },
    forget: () => {
      shown = null;
    },
    leave: () => leaveScreen,
  };
};

const changes = (shown: readonly string[] | null, lines: readonly string[]): string => {
  if (shown === null) {
    return `${escape}2J${lines.map((line, row) => at(row) + line).join('')}`;
  }
  const changed = lines.flatMap((line, row) =>
    line === shown[row] ? [] : [`${at(row)}${escape}2K${line}`],
  );
  const rest = shown.length > lines.length ? `${at(lines.length)}${escape}J` : '';
  return changed.join('') + rest;
};

const at = (row: number): string => `${escape}${row + 1};1H`;
