import type { ProgramDetector } from '../program.ts';

/** A Model Context Protocol server, by the naming habit of its packages; the label says which. */
export const mcpServer: ProgramDetector = {
  id: 'mcp-server',
  name: 'MCP server',
  kind: 'ai',
  detect: ({ command }) => {
    if (command.runtime === null) return null;
    const text = command.script ?? command.module ?? '';
    const name = patterns.map((pattern) => pattern.exec(text)?.[1]).find((found) => found);
    const what = command.script === null ? 'module' : 'script';
    return name === undefined
      ? null
      : { evidence: [`${what} ${text}`], label: `MCP server ${name}` };
  },
};

/**
 * In npm's and pip's folders only: a file of the user's own called `mcp-server.js` is theirs to
 * name.
 */
const patterns: readonly RegExp[] = [
  /node_modules\/(@modelcontextprotocol\/server-[^/]+)\//,
  /node_modules\/(@[^/]+\/(?:[\w.-]+-)?mcp(?:-[\w.-]+)?)\//,
  /node_modules\/([\w.-]*mcp-server[\w.-]*)\//,
  /\/bin\/([\w.-]*mcp-server[\w.-]*)$/,
  /\/\.bin\/([\w.-]*mcp-server[\w.-]*)$/,
  /^(mcp_server_\w+)/,
];
