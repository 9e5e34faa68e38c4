import type { ListenerFrame } from '../../../operations/watch-listeners.ts';
import { wantsColours } from '../colours.ts';
import type { Invocation } from '../invocation.ts';
import type { Io, IoEvent, Size } from '../io.ts';
import { renderList } from '../render/list-listeners.ts';
import { fit, line, paint, paintLines, type Line } from '../text/line.ts';
import { commonView } from '../view.ts';
import { emptyWatch, shownAt, takeFrame, type WatchState } from './marks.ts';
import { createPainter } from './painter.ts';

/**
 * Shows frames on the terminal until they end or a signal comes: Ctrl-C ends with 0 and leaves the
 * last list in the scrollback; Ctrl-Z gives the screen back until the process goes on.
 */
export const showWatch = async (
  frames: AsyncIterable<ListenerFrame>,
  invocation: Invocation,
  io: Io,
  abort: AbortController,
): Promise<number> => {
  const screen = openScreen(invocation, io);
  const controls = listenToSignals(screen, io, abort);
  const ticking = setInterval(() => void screen.redraw().catch(() => abort.abort()), tickMs);
  try {
    await screen.enter();
    for await (const frame of frames) await screen.take(frame);
  } finally {
    clearInterval(ticking);
    for (const stop of controls.stops) stop();
    await screen.leave();
  }
  if (controls.endedBy() !== null) io.signalSelf(controls.endedBy() ?? 'SIGTERM');
  await io.out.write(screen.lastList());
  return 0;
};

/** Ages and marks change without news. */
const tickMs = 1000;

type Screen = {
  readonly enter: () => Promise<void>;
  readonly leave: () => Promise<void>;
  readonly take: (frame: ListenerFrame) => Promise<void>;
  readonly redraw: () => Promise<void>;
  readonly redrawWhole: () => Promise<void>;
  readonly lastList: () => string;
};

const openScreen = (invocation: Invocation, io: Io): Screen => {
  const painter = createPainter();
  const colours = wantsColours(io.out, io.env, invocation);
  let state: WatchState = emptyWatch;
  let problems: ListenerFrame['problems'] | null = null;
  const linesAt = (now: number, marked: boolean): Line[] => {
    const shown = marked ? shownAt(state, now) : { listeners: state.current, marks: new Map() };
    return renderList(
      {
        takenAt: new Date(now).toISOString(),
        listeners: shown.listeners,
        problems: problems ?? [],
      },
      {
        ...commonView(invocation, io),
        filtered: invocation.positionals.length > 0,
        marks: shown.marks,
      },
    );
  };
  const redraw = async (): Promise<void> => {
    const size = io.out.size();
    if (size === null || problems === null) return;
    const lines = clip(linesAt(Date.now(), true), size);
    await io.out.write(
      painter.draw(
        lines.map((one) => paint(one, colours)),
        size,
      ),
    );
  };
  return {
    enter: async () => {
      painter.forget();
      await io.out.write(painter.enter());
    },
    leave: () => io.out.write(painter.leave()),
    take: async (frame) => {
      state = takeFrame(state, frame, Date.now());
      problems = frame.problems;
      await redraw();
    },
    redraw,
    redrawWhole: async () => {
      painter.forget();
      await redraw();
    },
    lastList: () => {
      const size = io.out.size();
      if (size === null || problems === null) return '';
      return paintLines(
        clip(linesAt(Date.now(), false), { ...size, rows: size.rows - 1 }),
        colours,
      );
    },
  };
};

/** Cuts a frame to the screen; what is cut below is counted on the last line. */
const clip = (lines: readonly Line[], { columns, rows }: Size): Line[] => {
  const fitted = lines.map((one) => fit(one, columns));
  if (fitted.length <= rows) return fitted;
  const hidden = fitted.length - rows + 1;
  const note = `… ${hidden} more lines: a taller window or a filter shows them`;
  return [...fitted.slice(0, rows - 1), fit(line(note, 'dim'), columns)];
};

type Controls = {
  readonly stops: readonly (() => void)[];
  /** The signal that must end this process once the screen is given back; null: none did. */
  readonly endedBy: () => 'SIGTERM' | 'SIGHUP' | null;
};

const listenToSignals = (screen: Screen, io: Io, abort: AbortController): Controls => {
  let ending: 'SIGTERM' | 'SIGHUP' | null = null;
  const end = (signal: 'SIGTERM' | 'SIGHUP') => () => {
    ending = signal;
    abort.abort();
  };
  /** A terminal that takes no more text ends the watch. */
  const on = (event: IoEvent, act: () => Promise<void>): (() => void) =>
    io.on(event, () => void act().catch(() => abort.abort()));
  const suspend = async (): Promise<void> => {
    await screen.leave();
    io.signalSelf('SIGSTOP');
  };
  const resume = async (): Promise<void> => {
    await screen.enter();
    await screen.redraw();
  };
  return {
    stops: [
      io.on('SIGINT', () => abort.abort()),
      io.on('SIGTERM', end('SIGTERM')),
      io.on('SIGHUP', end('SIGHUP')),
      on('SIGTSTP', suspend),
      on('SIGCONT', resume),
      on('resize', screen.redrawWhole),
    ],
    endedBy: () => ending,
  };
};
