import type { Use } from '../model/network.ts';

/** How much of what there may be is used: 0 to 1, more where there is more than there may be. */
export const share = ({ used, limit }: Use): number => (limit > 0 ? used / limit : Infinity);

/** The same for a sentence: `97 %`; never 100 before it is all, nor 0 where there is some. */
export const percent = (use: Use): string => {
  const part = share(use) * 100;
  if (!Number.isFinite(part)) return '100 %';
  return `${part < 100 ? Math.min(99, Math.ceil(part)) : Math.floor(part)} %`;
};
