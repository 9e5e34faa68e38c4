/**
 * The TCP port that a JVM's command line has its debugger listen on (`-agentlib:jdwp=…`, or the older
 * `-Xrunjdwp:…`); null where it has none, connects out instead, or lets the kernel choose.
 */
export const jdwpPort = (argv: readonly string[]): number | null => {
  const option = argv.find((word) => /^(?:-agentlib:jdwp=|-Xrunjdwp:)/.test(word));
  if (option === undefined || !/(?:^|[:=,])server=y/.test(option)) return null;
  const port = /(?:^|[:=,])address=(?:[^,]*:)?(\d{1,5})(?:,|$)/.exec(option)?.[1];
  return port === undefined ? null : Number(port);
};
