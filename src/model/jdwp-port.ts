/** A debugger's TCP port, and the word of the command line that opens it. */
export type JdwpPort = { readonly port: number; readonly option: string };

/**
 * The port that a JVM's command line has its debugger listen on (`-agentlib:jdwp=…`, or the older
 * `-Xrunjdwp:…`, Oracle's JPDA connection guide); null where it has none, connects out instead, or
 * lets the kernel choose.
 */
export const jdwpPort = (argv: readonly string[]): JdwpPort | null => {
  const option = argv.find((word) => /^(?:-agentlib:jdwp=|-Xrunjdwp:)/.test(word));
  if (option === undefined || !/[:=,]server=y/.test(option)) return null;
  const port = /[:=,]address=(?:[^,]*:)?(\d{1,5})(?:,|$)/.exec(option)?.[1];
  return port === undefined ? null : { port: Number(port), option };
};
