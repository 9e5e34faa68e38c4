import type { FailureEndpoint } from '../../model/failure.ts';

const most = 32;

/**
 * Each endpoint once, in order, at most 32. One that names less is left out where another names
 * more: a lone port beside a host with that port, a host without a port beside the same with one.
 */
export const distinct = (endpoints: readonly FailureEndpoint[]): readonly FailureEndpoint[] => {
  const unique = new Map(endpoints.map((end) => [`${end.host ?? ''} ${end.port ?? ''}`, end]));
  const all = joined([...unique.values()].slice(0, most * 8));
  return all.filter((end) => !all.some((other) => saysMore(other, end))).slice(0, most);
};

const saysMore = (other: FailureEndpoint, end: FailureEndpoint): boolean =>
  (end.host === null && other.host !== null && other.port === end.port) ||
  (end.port === null && other.port !== null && other.host === end.host);

/** A lone host and a lone port, as two lines of one message tell them, are one endpoint. */
const joined = (all: readonly FailureEndpoint[]): readonly FailureEndpoint[] => {
  const [one, two] = all;
  if (one === undefined || two === undefined || all.length > 2) return all;
  const host = one.host ?? two.host;
  const port = one.port ?? two.port;
  const apart =
    (one.host === null) !== (two.host === null) && (one.port === null) !== (two.port === null);
  return apart && (one.host === null) !== (one.port === null) ? [{ host, port }] : all;
};
