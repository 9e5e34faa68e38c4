/** The day of an ISO 8601 time in UTC: `2026-11-21`; the text itself where it is no time. */
export const dayText = (time: string): string => read(time)?.slice(0, 10) ?? time;

/** An ISO 8601 time in UTC to the second: `2026-11-21T12:00:00Z`; the text itself where it is no time. */
export const momentText = (time: string): string => read(time)?.replace(/\.\d+Z$/, 'Z') ?? time;

/** The day of a time, to the second where it is `now`'s. */
export const dateText = (time: string, now: string): string =>
  dayText(time) === dayText(now) ? momentText(time) : dayText(time);

const read = (time: string): string | null => {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};
