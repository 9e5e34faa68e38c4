/**
 * A moment for a sentence, in this machine's own time: `14:03:12` on the day of `now`, else
 * `2026-11-21 14:03:12`. Both are ISO 8601; what is none of it comes back as it is.
 */
export const momentText = (moment: string, now: string): string => {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return moment;
  const day = dayOf(at);
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(':');
  return day === dayOf(new Date(now)) ? time : `${day} ${time}`;
};

const dayOf = (date: Date): string =>
  [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');

const twoDigits = (value: number): string => String(value).padStart(2, '0');
