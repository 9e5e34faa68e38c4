import type { ProgramDetector } from '../program.ts';

/** A Model Context Protocol server, by the naming habit of its packages; the label says which. */
export const mcpServer: ProgramDetector = {
  id: 'mcp-server',
  name: 'MCP server',
  kind: 'ai',
  detect: ({ command }) => {
    const text = command.script ?? command.module ?? '';
    const name = patterns.map((pattern) => pattern.exec(text)?.[1]).find((found) => found);
    return command.runtime !== null && name !== undefined
      ? { evidence: [`script ${text}`], label: `MCP server ${name}` }
      : null;
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
